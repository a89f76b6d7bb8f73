"""What is kept until when, what is on hold, and whose day is past."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, localtime

from goldthread.core.agencies.models import Allocation
from goldthread.core.people.models import Person, PersonQuerySet
from goldthread.core.people.queries.merging import standing_as
from goldthread.core.records.models import Record, RecordChild
from goldthread.ground.access.predicate import withheld_from
from goldthread.ground.time.counting import PERIODS
from goldthread.ground.time.queries import rule
from goldthread.out.rights.classes import CLASSES, LAST_ENTRY, SEXUAL_ABUSE, kept_as, kinds_kept_as
from goldthread.out.rights.keeping import Keeping, Life, keeping_of
from goldthread.out.rights.models import Decided, Hold
from goldthread.practice.protection.queries import plans_ever_for

SEXUAL = "SAB"  # children in need census, category of abuse (N00113)
UNFINISHED = (Record.DRAFT, Record.SUBMITTED, Record.RETURNED)


@dataclass(frozen=True)
class Kept:
    """A person whose record is kept, until when, and what besides keeps it."""

    person: Person
    life: Life
    keeping: Keeping
    holds: tuple[Hold, ...] = ()
    decided: Decided | None = None

    def may_go(self, on: date) -> bool:
        """Past its day, and neither held nor kept longer."""
        return self.keeping.is_past(on) and not self.holds and not (self.decided and self.decided.keeps_on(on))


def lives_of(people: Iterable[int]) -> dict[int, Life]:
    """What decides how long, by the key of the person as they stand now. Five queries, however many."""
    rows = standing_as(people)
    born = {root.pk: root.born_on for root in Person.objects.filter(pk__in=set(rows.values())).only("pk", "born_on")}
    last: dict[int, date] = {}
    classes: dict[int, set[str]] = defaultdict(set)
    is_open: set[int] = set()
    links = RecordChild.objects.filter(child__in=rows, removed_at=None).exclude(record__state=Record.VOID)
    for child, happened, kind, state, recorded in links.values_list(
        "child_id", "happened_on", "record__kind", "record__state", "record__recorded_at"
    ):
        root = rows[child]
        last[root] = max(last.get(root, date.min), happened, localtime(recorded).date())
        classes[root].add(kept_as(kind))
        if state in UNFINISHED:
            is_open.add(root)
    is_open |= {rows[child] for child in Allocation.objects.on(localdate()).filter(child__in=rows).values_list("child_id", flat=True)}
    sexual = {rows[child] for child in plans_ever_for(SEXUAL).filter(child__in=rows).values_list("child_id", flat=True) if child}
    return {
        root: Life(born.get(root), last.get(root), frozenset(classes[root]), root in sexual, root in is_open) for root in set(rows.values())
    }


def kept(people: Iterable[Person]) -> list[Kept]:
    """Each with what keeps it, in the order given; of a merged duplicate, what keeps the person it stands as now."""
    asked = list(people)
    lives = lives_of(one.pk for one in asked)
    rows = standing_as(one.pk for one in asked)
    general: list[Hold] = []
    own: dict[int, list[Hold]] = defaultdict(list)
    for hold in live_holds().filter(Q(child=None) | Q(child__in=rows)):
        if hold.child_id is None:
            general.append(hold)
        else:
            own[rows[hold.child_id]].append(hold)
    decisions = {rows[one.child_id]: one for one in Decided.objects.filter(child__in=rows, ended_at=None).select_related("by")}
    found = []
    for one in asked:
        life = lives[rows[one.pk]]
        holds = [*own[rows[one.pk]], *(hold for hold in general if hold.kept_as is None or hold.kept_as in life.classes)]
        found.append(Kept(one, life, keeping_of(life), tuple(holds), decisions.get(rows[one.pk])))
    return found


def live_holds() -> QuerySet[Hold]:
    """What holds now, the earliest to be looked at first."""
    return Hold.objects.filter(ended_on=None).select_related("child", "set_by").order_by("review_on", "pk")


def past_their_day(user: int, on: date) -> PersonQuerySet:
    """Children whose record need not be kept, of whom nothing is held, open or decided; those kept from this user left out. The oldest first.

    The rules stand in it once more, as conditions that an index answers; whoever shows a page of it asks `kept` again, which decides.
    """
    links = RecordChild.objects.filter(child=OuterRef("pk"), removed_at=None)
    lately = links.filter(happened_on__gt=_before(LAST_ENTRY, on))
    work = Allocation.objects.on(on).filter(child=OuterRef("pk"))
    found = (
        Person.objects.standing().exclude(pk__in=withheld_from(user)).filter(Exists(links)).exclude(Exists(lately)).exclude(Exists(work))
    )
    for code, one in CLASSES.items():
        for key in one.from_birth:
            young = Q(born_on=None) | Q(born_on__gt=_before(key, on))
            found = found.exclude(young & Exists(links.filter(record__kind__in=kinds_kept_as(code))))
    young = Q(born_on=None) | Q(born_on__gt=_before(SEXUAL_ABUSE, on))
    found = found.exclude(young & Exists(plans_ever_for(SEXUAL).filter(child=OuterRef("pk"))))
    for hold in live_holds().filter(child=None):
        found = found.exclude(Exists(links.filter(record__kind__in=kinds_kept_as(hold.kept_as)))) if hold.kept_as else found.none()
    found = found.exclude(pk__in=live_holds().filter(child__isnull=False).order_by().values("child"))
    return found.exclude(
        pk__in=Decided.objects.filter(ended_at=None).filter(Q(outcome=Decided.MAY_GO) | Q(until_on__gt=on)).values("child")
    ).order_by(F("born_on").asc(nulls_first=True), "pk")


def decided_to_go(user: int) -> QuerySet[Decided]:
    """Free to be destroyed, as somebody decided: first those that wait for a second person. Without those kept from this user."""
    found = Decided.objects.filter(outcome=Decided.MAY_GO, ended_at=None).exclude(child__in=withheld_from(user))
    return found.select_related("child", "by", "agreed_by").order_by(F("agreed_at").desc(nulls_first=True), "pk")


def _before(key: str, on: date) -> date:
    """The last day from which this rule's time has passed by `on`; the first of all days where it is not counted by the calendar."""
    found = rule(key)
    return PERIODS[found.unit](on, -found.limit) if found.unit in PERIODS and found.limit is not None else date.min
