"""Every visit of the benchmark is answered with a page, so that `make bench` never stops half-way."""

import pytest
from django.utils.timezone import localdate

from goldthread.bench.visits import visits
from goldthread.demo.borough import fill
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo


@pytest.mark.django_db
def test_every_visit_is_answered_twice():
    with acting(system="test"):
        mark_demo(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999", size="locality")
    fill("tiny", today=localdate())
    for visit in visits(writes=2, crowd=1):
        visit.ask()
        visit.ask()
