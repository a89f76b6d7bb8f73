"""Which records a standing may see: those about a child it may see, unless they also tell of one it may not."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldthread.core.agencies.queries import chaired_children_of, children_of
from goldthread.core.records.models import Record, RecordChild
from goldthread.ground.access.predicate import Standing, withheld_from

# The same of a row that hangs on a record, in SQL, for the database to hold to by itself (`ground.access.belt`).
TELLS_OF_NOBODY_WITHHELD = """NOT EXISTS (
  SELECT 1 FROM records_recordchild l
   WHERE l.record_id = "{table}".record_id AND l.removed_at IS NULL AND l.child_id IN (SELECT w.person FROM belt_withheld() w)
)"""


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
    seen = own | own_and_empty
    chaired = chaired_children_of(standing)
    if chaired is not None:
        seen |= Q(Exists(links.filter(child_id__in=chaired)))
    if standing.granted:
        seen |= Q(Exists(links.filter(child_id__in=standing.granted)))
    return ~Q(hidden) & seen


def hidden_among(standing: Standing, records: QuerySet[Record]) -> QuerySet[RecordChild, int]:
    """The keys of those of a few hundred records that tell of a child withheld from this standing, for `pk__in`.

    `records_seen` starts from everybody who is withheld, which is quicker where all records are looked at.
    """
    links = RecordChild.objects.filter(record__in=records.values("pk"), removed_at=None)
    return links.filter(child_id__in=withheld_from(standing.user_id)).values_list("record_id", flat=True)
