"""Brothers and sisters whom this user may see: for the whole family's chronology, and for writing once about several."""

from typing import Any

from goldthread.core.people.models import Person
from goldthread.core.people.queries import siblings_of
from goldthread.face.web.child.queries import seen_or_hidden


def siblings_seen(person: Person, user: Any) -> list[Person]:
    """Eldest first; adults, the dead and those this user may not see are left out. Four queries at most."""
    found = [one.person for one in siblings_of([person])[person.pk]]
    openable, hidden = seen_or_hidden(user, {p.pk for p in found}) if found else (set(), set())
    return [p for p in found if p.pk in openable - hidden and p.is_child and not p.died_on]
