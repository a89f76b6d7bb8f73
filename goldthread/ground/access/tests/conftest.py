"""A child with a worker and something written about her."""

from datetime import date

import pytest

from goldthread.core.agencies.actions import allocate
from goldthread.core.agencies.models import Worker
from goldthread.core.records.actions import write_note
from goldthread.pathway.tests.people import child


@pytest.fixture
def maya(council):
    maya = child("Maya Adeyemi", date(2016, 5, 2))
    allocate(child=maya.pk, team=council.assessment, worker=Worker.objects.get(name="Social Worker"), on=date(2026, 1, 5))
    write_note(children=[maya.pk], kind="call", words="Called home.", by=council.social_worker, happened_on=date(2026, 1, 6))
    return maya
