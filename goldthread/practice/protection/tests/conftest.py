import pytest

from goldthread.core.agencies.actions import allocate
from goldthread.core.agencies.models import Worker
from goldthread.core.people.models import Relationship
from goldthread.practice.front_door.tests.calls import TODAY, someone
from goldthread.practice.protection.tests.walking import BORN


@pytest.fixture
def family(council):
    """Maya and Leo have one mother; Leo's father is not Maya's. A social worker answers for both."""
    maya, leo = someone("Maya", "Adeyemi", BORN), someone("Leo", "Adeyemi", BORN.replace(year=BORN.year + 3))
    mother, fatou, daniel = (someone(name, "Adeyemi", recorded_as_adult=True) for name in ("Grace", "Fatou", "Daniel"))
    for child, parent, kind in ((maya, mother, "mother"), (leo, mother, "mother"), (maya, fatou, "father"), (leo, daniel, "father")):
        Relationship.objects.create(person=child, other=parent, kind=kind, has_parental_responsibility=True, is_confirmed=True)
    for child in (maya, leo):
        allocate(child=child.pk, team=council.assessment, worker=Worker.objects.get(name="Social Worker"), on=TODAY)
    return maya, leo, mother, fatou, daniel
