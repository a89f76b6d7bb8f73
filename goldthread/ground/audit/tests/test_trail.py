"""What was changed, by whom, and that nobody can change the trail."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from goldthread.core.agencies.models import Agency
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting, named_actor
from goldthread.ground.audit.middleware import OneTransaction, Refused
from goldthread.ground.audit.models import Change, Reading
from goldthread.ground.audit.reading import log_reading

pytestmark = pytest.mark.django_db


def agency(name: str) -> Agency:
    return Agency.objects.create(name=name, kind="school")


def test_a_change_without_an_actor_is_refused():
    with pytest.raises(DatabaseError, match="No actor is set"), transaction.atomic():
        agency("Nobody’s School")


def test_single_bulk_and_update_changes_are_all_written_down():
    with acting(None, system="test"):
        agency("One School")
        Agency.objects.bulk_create([Agency(name=f"School {n}", kind="school") for n in range(5)])
        Agency.objects.filter(kind="school").update(phone="020 7946 0000")
        Agency.objects.filter(name="School 1").delete()
    rows = Change.objects.filter(table="agencies_agency")
    assert [rows.filter(op=op).count() for op in "IUD"] == [6, 6, 1]


def test_an_update_keeps_only_what_differs():
    with acting(None, system="test"):
        one = agency("One School")
        Agency.objects.filter(pk=one.pk).update(phone="1")
        Agency.objects.filter(pk=one.pk).update(phone="1")
    (change,) = Change.objects.filter(table="agencies_agency", row=one.pk, op="U")
    assert (change.was, change.now) == ({"phone": None}, {"phone": "1"})


def test_the_trail_says_who_and_why():
    user = None
    with acting(None, system="test"):
        user = User.objects.create(username="ada")
    with acting(user, purpose="setting up", request="r1"):
        agency("One School")
    change = Change.objects.get(table="agencies_agency")
    assert (change.actor, change.purpose, change.request) == (f"user:{user.pk}", "setting up", "r1")


def test_an_inner_actor_gives_way_to_the_outer_one():
    with acting(None, system="outer"):
        with acting(None, system="inner"):
            assert named_actor()[0] == "system:inner"
        assert named_actor()[0] == "system:outer"


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_change SET actor = 'x'", "DELETE FROM audit_change", "INSERT INTO audit_change DEFAULT VALUES"]
)
def test_the_application_cannot_touch_the_trail(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE audit_reading SET actor = 'x'", "DELETE FROM audit_reading"])
def test_the_application_cannot_take_back_that_someone_looked(statement):
    with acting(None, system="test"):
        log_reading(None, "view", "a page", [1])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_rolls_back_the_page_and_is_written_down_all_the_same():
    with acting(None, system="test"):
        user = User.objects.create(username="ada")

    def page(request: HttpRequest) -> HttpResponse:
        agency("Left behind")
        middleware.process_exception(request, Refused("record abc", (7, 8)))
        return HttpResponse(status=404)

    middleware = OneTransaction(page)
    request = HttpRequest()
    request.user = user
    assert middleware(request).status_code == 404
    assert not Agency.objects.exists()
    (row,) = Reading.objects.all()
    assert (row.act, row.what, row.people, row.user_id) == ("refused", "record abc", [7, 8], user.pk)


def test_that_a_pass_phrase_was_changed_is_written_down_but_not_even_its_hash():
    with acting(None, system="test"):
        user = User.objects.create_user("somebody", password="one long pass phrase")
        before = user.password
        user.set_password("another long pass phrase")
        user.save()
    rows = list(Change.objects.filter(table="access_user", row=user.pk).order_by("pk"))
    assert "password" in rows[-1].now and rows[-1].now["password"] != rows[-1].was["password"]
    for row in rows:
        assert before not in str((row.was, row.now)) and user.password not in str((row.was, row.now))
        assert row.now["password"].startswith("hidden ")
