"""What the census would say of a child today: told from the records, queried where they are asked, hidden where they are hidden."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record, RecordChild
from goldthread.ground.access.actions import restrict
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.models import Installation
from goldthread.practice.family_help.models import ChildAndFamilyAssessment
from goldthread.practice.front_door.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def council_of_999(home):
    with acting(system="test"):
        Installation.objects.create(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999")
    return home


def census(client, child):
    answer = client.get(f"/child/{child.reference}/census/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_tells_what_the_records_say_under_the_censuss_own_names(council_of_999, signed_in):
    home = council_of_999
    html = census(signed_in(home.worker), home.ada)
    received = localdate() - timedelta(days=20)
    assert f'CINreferralDate</dt> <dd class="gt-summary__value"> {received}' in html
    assert "N1: Abuse or neglect" in html and "BAFR" in html and "AssessmentActualStartDate" in html
    assert "AssessmentFactors" not in html, "factors are told once the assessment is authorised"


def test_a_rule_that_fails_opens_at_the_question_it_asks(council_of_999, signed_in):
    home = council_of_999
    with acting(home.manager):
        Person.objects.filter(pk=home.ada.pk).update(disabilities=None)
        ChildAndFamilyAssessment.objects.update(started_on=localdate() - timedelta(days=30))
    html = census(signed_in(home.council.front_door_manager), home.ada)
    assessment = Record.objects.get(kind="family_help.child_and_family_assessment")
    assert "The assessment start date cannot be before the referral date" in html
    assert f'href="/record/{assessment.reference}/put-right/write/#started_on-day"' in html
    assert "Rule 8540" in html and f'href="/child/{home.ada.reference}/about/identity/"' in html


def test_a_record_that_tells_of_somebody_withheld_is_not_told_here_either(council_of_999, signed_in):
    home = council_of_999
    with acting(home.manager):
        assessment = Record.objects.get(kind="family_help.child_and_family_assessment")
        RecordChild.objects.create(record=assessment, child=home.cousin, happened_on=assessment.happened_on)
    html = census(signed_in(home.worker), home.ada)
    assert "CINreferralDate" in html and "AssessmentActualStartDate" not in html
    assert "stands in records that you may not see" in html


def test_who_referred_in_confidence_is_kept_back(council_of_999, signed_in):
    home = council_of_999
    with acting(home.manager):
        Referral.objects.update(referrer_is_protected=True)
    html = census(signed_in(home.worker), home.ada)
    assert "Kept back: the family must not learn who referred" in html and "6: Police" not in html


def test_a_child_without_a_referral_is_not_in_the_census(council_of_999, signed_in):
    home = council_of_999
    client = signed_in(home.council.front_door_manager)
    assert "would not tell of" in census(client, home.baby)
    with acting(home.manager):
        restrict(
            person=home.baby.pk, why="Staff family", lead_name="R. Lead", lead_phone="020 7946 0000", by=home.council.front_door_manager
        )
    assert client.get(f"/child/{home.baby.reference}/census/").status_code != 200
