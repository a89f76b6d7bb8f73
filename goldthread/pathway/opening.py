"""Opening a record for someone: the one place where a page or the API asks whether they may, and writes down that they looked."""

from typing import Any

from django.http import Http404

from goldthread.core.records.models import Record
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading


def open_record(user: Any, reference: str, act: str = "view") -> Record:
    """The record, with the look written down. Refused (a 404 to the asker) when they have no reason to know."""
    record = Record.objects.filter(reference=reference).first()
    if record is None:
        raise Http404("There is no such record.")
    children = tuple(record.children.filter(removed_at=None).values_list("child_id", flat=True))
    if not Record.objects.seen_by(user).filter(pk=record.pk).exists():
        raise Refused(f"record {reference}", children)
    log_reading(user, act, f"record {reference}", children)
    return record
