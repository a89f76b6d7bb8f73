"""The one door by which anything about people changes.

Every action is keyword-only and runs inside `goldthread.ground.audit.acting`. A refusal is a
ValidationError whose message can be shown as it stands.
"""

from goldthread.core.people.actions.addresses import correct_stay, end_stay
from goldthread.core.people.actions.alerts import end_alert, look_again, raise_alert
from goldthread.core.people.actions.births import expect_another, record_birth, record_death, record_pregnancy_loss
from goldthread.core.people.actions.creating import create_people, create_person
from goldthread.core.people.actions.family import end_relationship, join_household, leave_household, make_households, relate, relate_many
from goldthread.core.people.actions.finding import index_anew
from goldthread.core.people.actions.merging import approve_merge, decline_merge, propose_merge, remember_not_this_person, undo_merge
from goldthread.core.people.actions.particulars import (
    add_identifier,
    add_name,
    correct_name,
    describe,
    end_contact_point,
    end_identifier,
    move_to_address,
    set_contact_point,
)

__all__ = [
    "add_identifier",
    "add_name",
    "approve_merge",
    "correct_name",
    "correct_stay",
    "create_people",
    "create_person",
    "decline_merge",
    "describe",
    "end_alert",
    "end_contact_point",
    "end_identifier",
    "end_relationship",
    "end_stay",
    "expect_another",
    "index_anew",
    "join_household",
    "leave_household",
    "look_again",
    "make_households",
    "move_to_address",
    "propose_merge",
    "raise_alert",
    "record_birth",
    "record_death",
    "record_pregnancy_loss",
    "relate",
    "relate_many",
    "remember_not_this_person",
    "set_contact_point",
    "undo_merge",
]
