"""A small council and a family of three, as the front door’s tests meet them."""

from datetime import date

import pytest

from goldthread.core.people.actions import relate
from goldthread.core.people.facts import At, Place
from goldthread.practice.front_door.tests.calls import someone


@pytest.fixture
def family(council):
    """Maya, Leo and Ada Adeyemi and their mother; Leo has a father of his own."""
    home = At(Place("4 Elm Street", None, "Wexcombe", "WX1 4EL"))
    maya, leo, ada = (
        someone(name, "Adeyemi", born, sex=sex, addresses=[home])
        for name, born, sex in (("Maya", date(2016, 5, 2), "F"), ("Leo", date(2019, 8, 30), "M"), ("Ada", date(2022, 1, 9), "F"))
    )
    grace = someone("Grace", "Adeyemi", date(1990, 3, 3), sex="F", recorded_as_adult=True)
    for child in (maya, leo, ada):
        relate(person=child, other=grace, kind="mother", has_parental_responsibility=True)
    return maya, leo, ada, grace
