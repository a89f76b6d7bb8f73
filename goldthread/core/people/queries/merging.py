"""Who stands for whom, what two rows agree and differ in, and who else holds a number."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from goldthread.core.people.hits import names_on_file
from goldthread.core.people.identifier_systems import system
from goldthread.core.people.kinds import PARENTAL
from goldthread.core.people.models import Identifier, Person, PersonAddress, PersonQuerySet, Relationship
from goldthread.ground.access.belt import over_everyone
from goldthread.ground.time.words import short_day

GROUPS = """
WITH RECURSIVE up(asked, id, next) AS (
    SELECT id, id, merged_into_id FROM people_person WHERE id = ANY(%s)
  UNION
    SELECT up.asked, p.id, p.merged_into_id FROM up JOIN people_person p ON p.id = up.next
), down(root, id) AS (
    SELECT DISTINCT id, id FROM up WHERE next IS NULL
  UNION
    SELECT down.root, p.id FROM down JOIN people_person p ON p.merged_into_id = down.id
)
SELECT root, id FROM down
"""


def standing_as(person_ids: Iterable[int]) -> dict[int, int]:
    """Every row that belongs to these people, duplicates merged into them included: row → the person it stands as now."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPS, [list(person_ids)])
        return {row: root for root, row in cursor.fetchall()}


def merged_with(person: Person) -> set[int]:
    """The keys of every row that is this person: whatever hangs on people must be asked for by all of them.

    Asked once for each Person object: a page that shows one person asks a dozen times.
    """
    known: set[int] | None = getattr(person, "_rows", None)
    if known is None:
        known = person._rows = set(standing_as([person.pk]))  # type: ignore[attr-defined]
    return known


def others_holding(*, uri: str, value: str, but: Person | None = None) -> PersonQuerySet:
    """Others who have this number: duplicates, or a number written down wrongly. A warning, never an error."""
    holders = Identifier.objects.filter(system=uri, value=system(uri).compact(value), until_on=None)
    found = Person.objects.filter(pk__in=holders.values("person"))
    return found.exclude(pk__in=merged_with(but)) if but else found


def same_pregnancy(person: Person) -> QuerySet[Person]:
    """The other children expected of the same mother for the same date: twins, born or not."""
    mothers = Relationship.objects.filter(person=person, kind="mother").values("other")
    siblings = Relationship.objects.filter(other__in=mothers, kind="mother").values("person")
    return Person.objects.filter(pk__in=siblings, expected_on=person.expected_on).exclude(pk=person.pk).exclude(expected_on=None)


@dataclass
class MergePreview:
    """What is seen before anyone proposes: sentences, each ready to be shown. Empty `refused` means that it may be proposed."""

    refused: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    afterwards: list[str] = field(default_factory=list)


@over_everyone()
def preview_merge(kept: Person, duplicate: Person) -> MergePreview:
    """Compare two rows and say what a merge would do."""
    preview = MergePreview()
    if kept.pk == duplicate.pk:
        preview.refused.append("This is the same record twice.")
    for person in (kept, duplicate):
        if not person.is_named:
            preview.refused.append(f"{person} has no name on file yet, so nobody can tell whether they are the same.")
        if person.identity_protected:
            preview.refused.append(f"{person} has a protected identity, which is never joined to another.")
        if person.merged_into_id:
            preview.refused.append(f"{person} ({person.reference}) is already merged into another person.")
    if Relationship.objects.filter(person__in=[kept, duplicate], other__in=[kept, duplicate], kind__in=PARENTAL, until_on=None).exists():
        preview.refused.append("One is on file as the parent of the other.")
    _compare(preview, kept, duplicate)
    if PersonAddress.objects.filter(person__in=[kept, duplicate], is_confidential=True, until_on=None).exists():
        preview.afterwards.append("A confidential address stays confidential on whichever record it stands.")
    preview.afterwards.append(
        f"Everything recorded about {duplicate} ({duplicate.reference}) is shown with {kept} ({kept.reference}). It can be undone."
    )
    return preview


def _compare(preview: MergePreview, kept: Person, duplicate: Person) -> None:
    names = names_on_file([kept.pk, duplicate.pk])
    shared = {name.token for name in names[kept.pk]} & {name.token for name in names[duplicate.pk]}
    (preview.alike if shared else preview.different).append(f"Names: {kept.shown_name} and {duplicate.shown_name}")
    if kept.born_on and duplicate.born_on:
        same = kept.born_on == duplicate.born_on
        said = f"Born {short_day(kept.born_on)}" if same else f"Born {short_day(kept.born_on)} and {short_day(duplicate.born_on)}"
        (preview.alike if same else preview.different).append(said)
    if kept.sex and duplicate.sex and kept.sex != duplicate.sex:
        preview.different.append("Sex")
    numbers: dict[str, dict[int, set[str]]] = {}
    for row in Identifier.objects.filter(person__in=[kept, duplicate], until_on=None):
        numbers.setdefault(row.system, {}).setdefault(row.person_id, set()).add(row.value)
    for uri, held in numbers.items():
        if len(held) == 2:
            first, second = held.values()
            (preview.alike if first & second else preview.different).append(system(uri).words)
