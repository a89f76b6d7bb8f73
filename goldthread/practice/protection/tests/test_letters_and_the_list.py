"""What became of a letter, or that somebody was told, stands in the meeting's list on the day it happened; and what is said is never lost."""

from datetime import time, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.documents.queries import ways_to
from goldthread.core.people.actions import correct_stay, move_to_address
from goldthread.core.people.facts import Place
from goldthread.ground.audit.acting import acting
from goldthread.practice.protection.tests.lettering import INVITATION, letters

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def conference():
    with acting(None, system="test"):
        yield letters()


def test_post_is_safe_where_somebody_stays_until_a_day_that_is_known(conference):
    """Temporary accommodation until the end of next month: that post is safe there is asked once, and kept."""
    c = conference
    move_to_address(people=[c.fatou], place=Place("3 Weir Lane", None, "Otherby", "HW1 1AA"))
    correct_stay(stay=c.fatou.addresses.get(), until_on=TODAY + timedelta(days=30), is_post_safe=True, post_said="Fatou, by telephone")
    assert ways_to(c.fatou, TODAY).is_post_safe is True
    c.decide(INVITATION, c.fatou, c.scene.maya, way="post", own_time=time(14, 30))
    assert c.read(INVITATION, c.fatou)[0].page.address == ["3 Weir Lane", "Otherby", "HW1 1AA"]
