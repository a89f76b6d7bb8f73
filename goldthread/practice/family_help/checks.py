"""What must be so before a case is closed."""

from collections.abc import Iterable

from django.utils.timezone import localdate

from goldthread.core.records.models import Record
from goldthread.pathway.answers import Answers
from goldthread.pathway.archetypes import DECIDE
from goldthread.pathway.definition import Problem
from goldthread.pathway.queries import children_of
from goldthread.pathway.registry import before
from goldthread.practice.family_help.closure import Closure
from goldthread.practice.protection.queries import plans_of


@before(Closure, DECIDE)
def no_child_is_on_a_protection_plan(record: Record, answers: Answers) -> Iterable[Problem]:
    """Closing cannot end a protection plan (Working Together), and must not hide that it stands."""
    children = children_of(record)
    on_a_plan = plans_of([child.pk for child in children], localdate())
    for child in children:
        if child.pk in on_a_plan:
            words = f"{child} is on a protection plan, which closing cannot end. A review conference decides."
            yield Problem(words, "closed_on-day", "closed_on", child.pk)
