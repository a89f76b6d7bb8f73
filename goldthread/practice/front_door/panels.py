"""What stands on the front door's forms besides their questions: danger at the top, who it is about, what is known beside."""

from typing import Any

from goldthread.pathway.archetypes import DECIDE, RECORD
from goldthread.pathway.queries import what_it_follows
from goldthread.pathway.registry import TOP, Sitting, panel
from goldthread.practice.front_door.contact import SHARING, Contact
from goldthread.practice.front_door.describing.queries import described
from goldthread.practice.front_door.queries import known_about
from goldthread.practice.front_door.referral import Referral

Drawn = tuple[str, dict[str, Any]]


@panel(Contact, TOP)
def danger(sitting: Sitting) -> Drawn | None:
    """One press, whatever else is typed or not."""
    if sitting.step != RECORD:
        return None
    return "front_door/danger_panel.jinja", {"reference": sitting.record.reference, "said": sitting.answers.get("danger_words", "")}


@panel(Contact, SHARING)
def who_is_this_about(sitting: Sitting) -> Drawn | None:
    rows = described(sitting.record)
    settled = {row.person_id for row in rows}
    others = [child for child in sitting.children if child.pk not in settled]  # linked before anyone was described
    return "front_door/who_panel.jinja", {"reference": sitting.record.reference, "people": rows, "others": others}


@panel(Referral, TOP)
def what_the_contact_said(sitting: Sitting) -> Drawn | None:
    """For each child referred: what was recommended and what the front door decided, with the reasons."""
    contact, copy = what_it_follows(sitting.record, sitting.user)
    if contact is None or copy is None:
        return None
    keys = {child.pk for child in sitting.children}
    each = [part for part in copy.content["each"] if part["person"] in keys]
    return "front_door/contact_panel.jinja", {"reference": contact.reference, "headline": contact.headline, "each": each}


@panel(Contact)
@panel(Referral)
def already_known(sitting: Sitting) -> Drawn | None:
    """Earlier contacts, open work, family and addresses of each child, so that nobody is asked what the file says."""
    known = known_about(sitting.children, sitting.user, but=sitting.record)
    return "front_door/known_panel.jinja", {"known": known, "is_decision": sitting.step == DECIDE}
