"""Filled twice with one seed on one day, the demo says the same twice."""

import hashlib
import json

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.core.records.models import FairCopy, Record
from goldthread.core.work.models import Clock
from goldthread.demo.borough import fill
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo


def content() -> str:
    """Everything recorded, without keys, references and moments of writing."""
    told = hashlib.sha256()
    for header in Record.objects.order_by("pk").prefetch_related("children__child"):
        children = sorted(str(link.child) for link in header.children.all())
        told.update(repr((header.kind, header.state, header.happened_on, header.headline, children)).encode())
    for copy in FairCopy.objects.order_by("pk"):
        each = [{key: value for key, value in part.items() if key != "person"} for part in copy.content["each"]]
        told.update(json.dumps([copy.content["shared"], each]).encode())
    for clock in Clock.objects.order_by("pk"):
        told.update(repr((clock.key, clock.due_on, clock.met_on, clock.stopped_on, clock.breach_cause)).encode())
    return told.hexdigest()


def filled() -> str:
    with transaction.atomic():
        with acting(system="demo"):
            mark_demo(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999", size="locality")
        fill("tiny", today=localdate())
        found = content()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_seed_and_day_write_the_same():
    assert filled() == filled()
