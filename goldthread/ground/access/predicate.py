"""Who may see what: one predicate, used for lists and for single objects alike.

`may(user, SEE, Model)` is a `Q` over Model. Rooms above say what a user's standing is (post, team, duties) and how
their model hangs on people; restriction and a worker's own conflict are decided here, once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from goldthread.ground.access.models import Restriction

SEE = "see"
NOBODY = Q(pk__in=[])
AUDITOR = "auditor"  # reads a chosen sample of children
READ_ONLY = ("analyst", AUDITOR, "inspector")  # duties of one's own, that which shows less first: cover does not hand them on


@dataclass(frozen=True)
class Standing:
    """What a user is, today: read once a request, from dated rows."""

    user_id: int
    worker_id: int | None = None
    worker_name: str = ""
    worker_ids: frozenset[int] = frozenset()  # own, and those covered for
    team_ids: frozenset[int] = frozenset()  # own teams, and teams in the line below
    managed_team_ids: frozenset[int] = frozenset()
    duties: frozenset[str] = field(default_factory=frozenset)
    granted: frozenset[int] = frozenset()  # children seen for a time: of a meeting they are invited to, or because a colleague let them

    @property
    def takes_calls(self) -> bool:
        """Front door and out of hours: anyone may be the subject of the next call."""
        return bool(self.duties & {"front_door", "out_of_hours"})

    @property
    def sees_every_child(self) -> bool:
        """Whoever takes calls, and an inspector, who chooses which records to read. Restriction still holds."""
        return self.takes_calls or "inspector" in self.duties

    @property
    def reads_only(self) -> bool:
        """Nothing is written with this sign-in, and no other duty or post comes with it."""
        return not self.duties.isdisjoint(READ_ONLY)

    @property
    def reads_marks(self) -> bool:
        """Figures, and a mark for each child behind them: no name, no reference, no record."""
        return "analyst" in self.duties


class Reader(Protocol):
    def __call__(self, standing: Standing) -> Q: ...


_standing_of: list[Callable[[Any], Standing]] = []
_rules: dict[type[models.Model], Reader] = {}


def register_standing(reader: Callable[[Any], Standing]) -> None:
    """core/agencies says how a sign-in becomes a worker with posts and duties."""
    _standing_of[:] = [reader]


def register(model: type[models.Model], rule: Reader) -> None:
    """A room says how its model hangs on people: a function from Standing to Q."""
    _rules[model] = rule


def standing(user: Any) -> Standing:
    """The user's standing, kept on the user object for the length of a request."""
    if not getattr(user, "pk", None):
        return Standing(user_id=0)
    kept = getattr(user, "_standing", None)
    if kept is None:
        kept = _standing_of[0](user) if _standing_of else Standing(user_id=user.pk)
        user._standing = kept
    return kept


def is_without_post(user: Any) -> bool:
    """An administrator made at the machine who is nobody's worker yet; as a worker they hold the duty, which can end."""
    return bool(getattr(user, "is_superuser", False)) and standing(user).worker_id is None


def may(user: Any, verb: str, model: type[models.Model]) -> Q:
    """The one predicate. Only SEE exists so far: what may be done is a matter of steps, and nobody may do what they cannot see."""
    if verb != SEE:
        raise ValueError(f"No rule for {verb!r}.")
    if not getattr(user, "pk", None):
        return NOBODY
    return _rules[model](standing(user))


def withheld() -> QuerySet[Restriction, int]:
    """Keys of restricted people, as a subquery."""
    return Restriction.objects.filter(ended_at=None).values_list("person", flat=True)


# The words of the one sentence that every list of people or records carries; written out, as it is made anew many times a page.
KEPT_FROM = """
SELECT r.person FROM access_restriction r
 WHERE r.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.person = r.person AND g.user_id = %s AND g.from_at <= %s AND g.until_at > %s)
UNION ALL
SELECT c.person FROM access_conflict c WHERE c.user_id = %s AND c.ended_at IS NULL AND c.person IS NOT NULL
"""


def withheld_from(user_id: int) -> RawSQL:
    """Keys of the people kept from this user, for `…__in`: by a live restriction without a grant, or by a declared conflict."""
    now = timezone.now()
    return RawSQL(KEPT_FROM, [user_id, now, now, user_id])  # noqa: S611 - its words are above, what is asked goes in as parameters


def withheld_among(user_id: int, keys: Iterable[int]) -> set[int]:
    """Those of these people who are kept from this user. One query."""
    kept = withheld_from(user_id)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person FROM ({kept.sql}) kept WHERE person = ANY(%s)", [*kept.params, list(keys)])  # noqa: S608 - as above
        return {person for (person,) in cursor.fetchall()}


class SeenQuerySet(models.QuerySet):
    """A queryset with the one sentence for access."""

    def seen_by(self, user: Any) -> "SeenQuerySet":
        return self.filter(may(user, SEE, self.model))
