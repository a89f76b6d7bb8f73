"""Who answers for the children of a meeting or an enquiry."""

from collections.abc import Iterable
from typing import Any

from goldthread.core.agencies.models import Team
from goldthread.core.agencies.queries import allocations_of
from goldthread.core.people.models import Person
from goldthread.pathway.queries import team_answering


def workers_of(children: Iterable[Person]) -> list[Any]:
    """Whoever of ours answers for these children, each once."""
    rows = [row for found in allocations_of(child.pk for child in children).values() for row in found if row.worker_id]
    return list({row.worker_id: row.worker for row in rows}.values())


def team_of(children: list[Person]) -> Team | None:
    """The team that answers for them; the front door where none does."""
    return team_answering(children, ("front_door",))
