"""Which record of a child, imported before, a newer file speaks of again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.core.records.models import Record, RecordChild
from goldthread.out.exchange.cin.census import Header
from goldthread.pathway.importing import Imported
from goldthread.practice.family_help.models import ChildAndFamilyAssessment, ChildInNeedPlan, Closure
from goldthread.practice.front_door.models import Referral
from goldthread.practice.protection.models import InitialConference, PreProceedings, ProtectionPlan, ReviewConference, Section47

# Where a kind keeps the day on which it ended. A referral ends with its closure; the others on the day they happen.
ENDS = {ChildAndFamilyAssessment: "authorised_on", ChildInNeedPlan: "ended_on", ProtectionPlan: "ended_on"}
RUN_ON = {Referral.kind(), *(kind.kind() for kind in ENDS)}
KINDS = {
    each.kind(): each
    for each in (
        Referral, ChildAndFamilyAssessment, ChildInNeedPlan, Section47, InitialConference, ProtectionPlan, ReviewConference, PreProceedings, Closure
    )
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Held:
    """A record of a census kind about a child, known already. `ended_on`: None while it runs on."""

    record: Record
    is_on_file: bool
    ended_on: date | None = None
    is_spoken_of: bool = False  # by the file in hand

    @property
    def is_ours_to_change(self) -> bool:
        """Imported and standing: what was written here, withdrawn or taken off the child stays as people left it."""
        return self.is_on_file and self.record.origin == Record.IMPORTED and self.record.state == Record.AGREED

    def is_expected(self, header: Header) -> bool:
        """A census of that year should speak of it: it was running on some day of the year."""
        return self.record.happened_on <= header.reference_date and (self.ended_on is None or self.ended_on >= header.first_day)


@dataclass(slots=True)
class Matched:
    """What becomes of the rows of one child; `gone` are records the file should speak of and does not."""

    new: list[Imported]
    changed: list[Imported]
    same: list[Imported]
    gone: list[Held]


def match(wanted: Sequence[Imported], held: Sequence[Held], header: Header) -> Matched:
    """Each wanted row with the record it speaks of, found by kind and day; a row whose day was corrected, by what it follows."""
    waiting: dict[tuple[str, date], list[Held]] = defaultdict(list)
    for each in held:
        waiting[each.record.kind, each.record.happened_on].append(each)
    pairs: dict[Imported, Held] = {}
    for row in wanted:
        if candidates := waiting[row.definition.kind(), row.happened_on]:
            _pair(row, candidates.pop(0), pairs)
    for kind in KINDS:
        _pair_corrected([row for row in wanted if row not in pairs and row.definition.kind() == kind], held, header, pairs)
    ours = {row: each for row, each in pairs.items() if each.is_ours_to_change}
    return Matched(
        new=[row for row in wanted if row not in pairs],
        changed=[row for row, each in ours.items() if each.record.source_hash != row.source_hash],
        same=[row for row, each in ours.items() if each.record.source_hash == row.source_hash],
        gone=[each for each in held if not each.is_spoken_of and each.is_ours_to_change and each.is_expected(header)],
    )


def _pair(row: Imported, held: Held, pairs: dict[Imported, Held]) -> None:
    pairs[row], row.key, held.is_spoken_of = held, held.record.pk, True


def _pair_corrected(rows: Sequence[Imported], held: Sequence[Held], header: Header, pairs: dict[Imported, Held]) -> None:
    """As many rows as unspoken-of records under the same referral: the days were corrected. Otherwise nobody can say, and they are new."""
    by_parent: dict[int | None, list[Imported]] = defaultdict(list)
    for row in rows:
        if row.follows is None or row.follows.key:
            by_parent[row.follows.key if row.follows else None].append(row)
    for parent, group in by_parent.items():
        kind = group[0].definition.kind()
        left = [
            each
            for each in held
            if not each.is_spoken_of and each.record.kind == kind and each.record.follows_id == parent and each.is_expected(header)
        ]
        if len(left) == len(group):
            for row, each in zip(sorted(group, key=lambda one: one.happened_on), left, strict=True):
                _pair(row, each, pairs)


def held_by(people: Sequence[int]) -> dict[int, list[Held]]:
    """Every record of a census kind about these children, oldest first, those since taken off their files too."""
    links = (
        RecordChild.objects.filter(child__in=people, record__kind__in=KINDS).select_related("record").order_by("happened_on", "record_id")
    )
    found: dict[int, list[Held]] = defaultdict(list)
    by_key: dict[int, Held] = {}
    for link in links:
        by_key[link.record_id] = held = Held(link.record, link.removed_at is None)
        found[link.child_id].append(held)
    _find_ends(by_key)
    return found


def _find_ends(by_key: dict[int, Held]) -> None:
    for held in by_key.values():
        if held.record.kind not in RUN_ON:
            held.ended_on = held.record.happened_on
    for kind, end in ENDS.items():
        for key, ended_on in kind.objects.filter(record__in=by_key).values_list("record_id", end):
            by_key[key].ended_on = ended_on
    for key in Referral.objects.filter(record__in=by_key, is_nfa=True).values_list("record_id", flat=True):
        by_key[key].ended_on = by_key[key].record.happened_on
    for held in by_key.values():
        if held.record.kind == Closure.kind() and held.record.follows_id in by_key and held.is_on_file:
            by_key[held.record.follows_id].ended_on = held.record.happened_on
