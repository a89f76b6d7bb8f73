"""Who a contact describes, and who on file each may be."""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.queries import allocations_of
from goldthread.core.people.hits import Hit
from goldthread.core.people.matching import possible_matches
from goldthread.core.people.models import PersonAddress
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries import has_confidential_address
from goldthread.core.records.models import Record
from goldthread.ground.access.models import Restriction
from goldthread.ground.access.queries import live_restrictions, may_be_told
from goldthread.ground.audit.reading import log_reading
from goldthread.pathway.who import age_of, page_of
from goldthread.practice.front_door.describing.person import DescribedPerson
from goldthread.practice.front_door.describing.told import description

FOR_CERTAIN = ("born ", "named ", "same address", "same telephone", "same NHS", "same UPN", "due ")


def described(record: Record) -> list[DescribedPerson]:
    """Everyone described on a contact, in the order given; those set aside left out."""
    return list(DescribedPerson.objects.filter(record=record, set_aside_at=None).select_related("person").order_by("position"))


@dataclass
class Matches:
    """Cards for those who may be shown, and what to do about those who may not."""

    cards: list[dict[str, Any]]
    restricted: list[Restriction]
    is_own_family: bool = False  # somebody the one asking has told of knowing: a colleague must go on

    @property
    def is_stopped(self) -> bool:
        return bool(self.restricted) or self.is_own_family


def matches_for(row: DescribedPerson, all_rows: list[DescribedPerson], user: Any) -> Matches:
    """Likeliest first, with the evidence in words. Looking at them is written in the reading log."""
    if row.says_nothing:
        return Matches([], [])
    hits = possible_matches(description(row, all_rows), user)
    taken = {one.person_id for one in all_rows if one.person_id and one.pk != row.pk}
    shown = [hit for hit in hits if not hit.is_restricted and hit.person_id not in taken]
    log_reading(user, "search", f"contact {row.record.reference}: who is {row}", [hit.person_id for hit in hits])
    kept = [hit.person_id for hit in hits if hit.is_restricted]
    known = {key for key in kept if not may_be_told(user.pk, [key])}
    restricted = live_restrictions().filter(person__in=set(kept) - known)
    return Matches(_cards(shown), list(restricted), bool(known))


def _cards(hits: list[Hit]) -> list[dict[str, Any]]:
    keys, today = [hit.person_id for hit in hits], localdate()
    held = allocations_of(keys)
    hidden = has_confidential_address(keys, today) if keys else set()
    homes: dict[int, str] = {}
    for stay in PersonAddress.objects.filter(holding_on(today), person__in=keys, use__in=["home", "temp"]).select_related("address"):
        homes[stay.person_id] = str(stay.address)
    cards = []
    for hit in hits:
        if hit.person is None:
            continue
        rows = held.get(hit.person_id, [])
        names = [f"{row.team.name}{', ' + row.worker.name if row.worker else ''}" for row in rows]
        cards.append(
            {
                "id": hit.person.reference,
                "name": str(hit.person),
                "born": age_of(hit.person),
                "reference": hit.person.reference,
                "href": page_of(hit.person),
                "address": "Confidential address" if hit.person_id in hidden else homes.get(hit.person_id),
                "involvement": f"Open: {'; '.join(names)}" if names else None,
                "strength": hit.strength,
                "evidence": [{"words": words, "weight": _weight(words)} for words in hit.why]
                + [{"words": words, "weight": "against"} for words in hit.against],
            }
        )
    return cards


def _weight(words: str) -> str:
    return "strong" if words.startswith(FOR_CERTAIN) and ":" not in words and ", a former" not in words else "some"
