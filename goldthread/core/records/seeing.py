"""Which records a standing may see: those about a child it may see, unless they also tell of one it may not."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from goldthread.core.agencies.queries import chaired_children_of, children_of
from goldthread.core.records.models import RecordChild
from goldthread.ground.access.predicate import Standing, withheld_from


def records_seen(standing: Standing) -> Q:
    """A record with a withheld child stays hidden whole: its shared words may tell of that child.

    A record about nobody yet (a call just begun) is seen by its author and the front door.
    """
    links = RecordChild.objects.filter(record=OuterRef("pk"), removed_at=None)
    hidden = Exists(links.filter(child_id__in=withheld_from(standing.user_id)))
    if standing.sees_every_child:
        return ~Q(hidden)
    own_and_empty = Q(recorded_by_id=standing.user_id) & ~Exists(RecordChild.objects.filter(record=OuterRef("pk")))
    own = Exists(links.filter(child_id__in=children_of(standing)))
    chaired = chaired_children_of(standing)
    if chaired is None:
        return ~Q(hidden) & (own | own_and_empty)
    return ~Q(hidden) & (own | own_and_empty | Q(Exists(links.filter(child_id__in=chaired))))


def hidden_among(standing: Standing, records: Iterable[int]) -> set[int]:
    """Those of these records that tell of a child withheld from this standing. For who sees every child, all others are seen."""
    kept = withheld_from(standing.user_id)
    asked = f"SELECT record_id FROM records_recordchild WHERE removed_at IS NULL AND record_id = ANY(%s) AND child_id IN ({kept.sql})"  # noqa: S608 - no word of it comes from outside
    with connection.cursor() as cursor:
        cursor.execute(asked, [list(records), *kept.params])
        return {record for (record,) in cursor.fetchall()}
