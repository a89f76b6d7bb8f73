"""What the front door needs to know of children: whose they are already, and what was said before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation
from goldthread.core.agencies.queries import allocations_of
from goldthread.core.people.models import Alert, Person, PersonAddress
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries import siblings_of
from goldthread.core.records.models import Record, RecordChild
from goldthread.ground.access.predicate import withheld_among
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.periods import add_months
from goldthread.ground.time.words import short_day
from goldthread.pathway.who import age_of, page_of

CONTACT, REFERRAL = "front_door.contact", "front_door.referral"
MONTHS = (3, 6, 12)


def open_cases(children: Sequence[Person], *, but: Record | None = None) -> dict[int, str]:
    """Children who are somebody's already, and whose: a team answers for them, or a referral (`but` this one) waits to be decided."""
    keys = [child.pk for child in children]
    found = {pk: f"open to {_whose(rows)}" for pk, rows in allocations_of(keys).items()}
    waiting = RecordChild.objects.filter(child__in=keys, removed_at=None, record__kind=REFERRAL, record__step__isnull=False)
    for pk in waiting.exclude(record=but).values_list("child_id", flat=True) if but else waiting.values_list("child_id", flat=True):
        found.setdefault(pk, "waiting for a decision on a referral")
    return found


def _whose(rows: Iterable[Allocation]) -> str:
    return " and ".join(row.team.name + (f" ({row.worker.name})" if row.worker else "") for row in rows)


def earlier_counts(children: Iterable[int], *, but: Q) -> dict[int, dict[int, int]]:
    """Contacts about each child in the last 3, 6 and 12 months, without those where `but` holds: child → months → how many. One query."""
    today = localdate()
    since = {months: add_months(today, -months) for months in MONTHS}
    links = RecordChild.objects.filter(child__in=list(children), removed_at=None, record__kind=CONTACT, happened_on__gte=since[12])
    rows = links.exclude(record__state=Record.VOID).exclude(but).values_list("child_id", "happened_on")
    found: dict[int, dict[int, int]] = {}
    for child, on in rows:
        counts = found.setdefault(child, dict.fromkeys(MONTHS, 0))
        for months in MONTHS:
            counts[months] += on >= since[months]
    return found


def counts_in_words(counts: dict[int, int] | None) -> str:
    """ "2 in 3 months, 3 in 6, 5 in 12", or that there was none."""
    if not counts or not counts[12]:
        return "No earlier contact in 12 months"
    return f"Earlier contacts: {counts[3]} in 3 months, {counts[6]} in 6 and {counts[12]} in 12 months"


@dataclass
class Known:
    """What stands beside the form about one child."""

    name: str
    href: str | None
    age: str
    open_to: str | None
    counts: str
    contacts: list[dict[str, Any]] = field(default_factory=list)
    open_work: list[dict[str, Any]] = field(default_factory=list)
    siblings: list[dict[str, Any]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)


def known_about(children: Sequence[Person], user: Any, *, but: Record) -> list[Known]:
    """Earlier contacts, open work, brothers and sisters, addresses and alerts, in about ten queries however many children."""
    keys, today = [child.pk for child in children], localdate()
    if not keys:
        return []
    counts, open_to = earlier_counts(keys, but=Q(record=but)), open_cases(children, but=but)
    found = {
        child.pk: Known(str(child), page_of(child), age_of(child), open_to.get(child.pk), counts_in_words(counts.get(child.pk)))
        for child in children
    }
    _add_records(found, user, but, today)
    _add_family(found, children, user)
    for stay in PersonAddress.objects.filter(person__in=keys).select_related("address").order_by("-from_on"):
        known = found[stay.person_id]
        if len(known.addresses) < 4:
            words = "A confidential address" if stay.is_confidential else str(stay.address)
            known.addresses.append(words + ("" if stay.held_on(today) else f", until {short_day(stay.until_on)}" if stay.until_on else ""))
    kinds = codes("people.alert_kind")
    for alert in Alert.objects.filter(holding_on(today), person__in=keys):
        found[alert.person_id].alerts.append(f"{kinds.label(alert.kind)}: {alert.what}")
    return list(found.values())


def _add_records(found: dict[int, Known], user: Any, but: Record, today: date) -> None:
    """Contacts of the last year, and whatever is being done now, of the records the user may see."""
    seen = Record.objects.standing().seen_by(user).exclude(pk=but.pk)
    links = (
        RecordChild.objects.filter(child__in=found, removed_at=None, record__in=seen)
        .select_related("record")
        .order_by("-happened_on", "-pk")
    )
    for link in links.filter(record__kind=CONTACT, happened_on__gte=add_months(today, -12)) | links.filter(record__step__isnull=False):
        record = link.record
        line = {"words": record.headline, "on": short_day(record.happened_on), "reference": record.reference}
        if record.kind == CONTACT:
            found[link.child_id].contacts.append(line)
        if record.step:
            found[link.child_id].open_work.append(line)


def _add_family(found: dict[int, Known], children: Sequence[Person], user: Any) -> None:
    siblings = siblings_of(children)
    people = {one.person.pk for rows in siblings.values() for one in rows}
    hidden = withheld_among(user.pk, people) if people else set()
    for child, rows in siblings.items():
        found[child].siblings = [
            {"name": str(one.person), "words": one.words.lower(), "age": age_of(one.person), "href": page_of(one.person)}
            for one in rows
            if one.person.pk not in hidden
        ]
