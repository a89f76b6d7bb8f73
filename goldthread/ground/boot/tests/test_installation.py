import pytest
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot import actions, queries
from goldthread.ground.boot.models import Installation
from goldthread.ground.boot.trouble import Trouble

pytestmark = pytest.mark.django_db
CODES = {"authority": "Hallowmere", "la_code": "202", "ons_code": "E09000007"}


@pytest.fixture(autouse=True)
def in_a_transaction_of_somebody():
    with acting(system="test"):
        yield


@pytest.fixture
def demo():
    return actions.mark_demo(**CODES, size="locality")


def test_an_empty_database_can_become_a_demo(demo):
    assert queries.is_demo()
    queries.must_be_demo()


def test_a_database_with_an_authority_never_becomes_a_demo():
    actions.set_up(**CODES)
    with pytest.raises(Trouble, match="not empty: it belongs to Hallowmere"):
        actions.mark_demo(**CODES, size="locality")


def test_a_database_somebody_has_written_in_never_becomes_a_demo():
    User.objects.create(username="ann")
    with pytest.raises(Trouble, match="not empty: there are rows in access_user"):
        actions.mark_demo(**CODES, size="locality")


def test_demo_data_are_refused_where_nothing_says_demo():
    with pytest.raises(Trouble, match="not marked as a demo"):
        queries.must_be_demo()
    actions.set_up(**CODES)
    with pytest.raises(Trouble, match="not marked as a demo"):
        queries.must_be_demo()


def test_the_database_itself_refuses_to_turn_one_into_the_other(demo):
    with pytest.raises(DatabaseError, match="decided when it was set up"), transaction.atomic():
        Installation.objects.update(is_demo=False, demo_size=None)
    with pytest.raises(DatabaseError, match="decided when it was set up"), transaction.atomic():
        Installation.objects.all().delete()


def test_an_authority_is_named_once():
    actions.set_up(**CODES)
    with pytest.raises(Trouble, match="its authority already"):
        actions.set_up(**CODES)


@pytest.mark.parametrize(
    "wrong", [{"la_code": "20"}, {"la_code": "ABC"}, {"ons_code": "E0900000"}, {"ons_code": "W09000007"}, {"la_code": "٢٠٢"}]
)
def test_codes_of_another_shape_are_refused(wrong):
    with pytest.raises(ValueError, match="Give the authority’s"):
        actions.set_up(**(CODES | wrong))


def asked(**meta: str):
    return RequestFactory().get("/", **({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"} | meta))


@pytest.mark.parametrize("meta", [{}, {"HTTP_HOST": "localhost"}, {"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"}])
def test_somebody_at_this_machine_may_sign_in_to_a_demo_by_one_click(demo, meta):
    assert queries.demo_sign_in_allowed(asked(**meta))


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "10.1.2.3"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_HOST": "elsewhere.example"},
    ],
)
def test_a_request_that_came_from_elsewhere_may_not(demo, meta, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert not queries.demo_sign_in_allowed(asked(**meta))


def test_nobody_may_where_the_database_is_no_demo():
    actions.set_up(**CODES)
    assert not queries.demo_sign_in_allowed(asked())
