"""A colleague is let in to see a child for a purpose, until a day; whoever answers for the child sees who, and ends it."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies import actions
from goldthread.core.agencies.models import Sight, Worker
from goldthread.core.oversight.limits import limits_on
from goldthread.core.oversight.links import linked
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.face.web.tests.pages import sound
from goldthread.ground.access.actions import declare_conflict, restrict
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.ground.boot.trouble import Impossible

A_DAY = timedelta(days=1)


def fresh(user):
    return User.objects.get(pk=user.pk)


def sees(user, person) -> bool:
    return Person.objects.seen_by(fresh(user)).filter(pk=person.pk).exists()


def let_in(home, *, by=None, to="Other Worker", days=7, child=None) -> Sight:
    by = fresh(by or home.worker)
    with acting(by):
        worker = Worker.objects.get(name=to)
        return actions.let_see(
            child=child or home.ada, worker=worker, purpose="A second opinion.", last_on=localdate() + days * A_DAY, by=by
        )


def typed(home, worker="Other Worker", days=7):
    last = localdate() + days * A_DAY
    told = {"worker": str(Worker.objects.get(name=worker).pk), "purpose": "A second opinion."}
    return told | {"last_on-day": str(last.day), "last_on-month": str(last.month), "last_on-year": str(last.year)}


def test_a_colleague_sees_the_child_and_the_family_from_that_day_and_nobody_else_besides(home):
    colleague = home.council.other_worker
    assert not sees(colleague, home.ada)
    let_in(home)
    assert sees(colleague, home.ada) and sees(colleague, home.mum) and sees(colleague, home.gran)
    assert not sees(colleague, home.leo) and not sees(colleague, home.cousin)
    shown = Record.objects.seen_by(fresh(colleague))
    assert shown and not shown.filter(children__child=home.cousin).exists(), "what also tells of a restricted child stays hidden whole"


def test_it_is_done_on_the_childs_page_stands_there_and_in_the_colleagues_list_and_is_ended_by_hand(home, signed_in):
    page, at = signed_in(home.worker), f"/child/{home.ada.reference}/people/"
    assert "Let a colleague see this record" in sound(page, at)
    assert page.post(f"{at}let-in/", typed(home)).status_code == 302
    html = sound(page, at)
    assert "Other Worker" in html and "A second opinion." in html and "Let in by Social Worker" in html
    mine = sound(signed_in(home.council.other_worker), "/")
    assert "A colleague lets you see" in mine and "Ada Okonjo" in mine
    row = Sight.objects.get()
    assert Change.objects.filter(table="agencies_sight").exists()
    assert page.post(f"{at}let-in/end/", {"row": str(row.pk), "why": "Done"}).status_code == 302
    assert not sees(home.council.other_worker, home.ada)
    assert "A colleague lets you see" not in sound(signed_in(home.council.other_worker), "/")


def test_the_last_day_is_within_28_days_and_it_can_be_given_again(home, signed_in):
    with pytest.raises(Impossible, match="within 28 days"):
        let_in(home, days=29)
    with pytest.raises(Impossible, match="today or later"):
        let_in(home, days=-1)
    first, again = let_in(home, days=0), let_in(home, days=28)
    first.refresh_from_db()
    assert (first.until_on, first.ended_why) == (localdate(), "Given again")
    assert again.until_on == localdate() + 29 * A_DAY
    refused = signed_in(home.worker).post(f"/child/{home.ada.reference}/people/let-in/", typed(home, days=40))
    assert refused.status_code == 422 and "within 28 days" in refused.content.decode()


def test_what_is_over_opens_nothing(home):
    row = let_in(home)
    with acting(system="test"):
        Sight.objects.filter(pk=row.pk).update(from_on=localdate() - 9 * A_DAY, until_on=localdate())
    assert not sees(home.council.other_worker, home.ada)


def test_nobody_hands_on_what_was_lent_to_them(home, signed_in):
    let_in(home)
    colleague = home.council.other_worker
    with pytest.raises(Impossible, match="for a time only"):
        let_in(home, by=colleague, to="Screener")
    page, at = signed_in(fresh(colleague)), f"/child/{home.ada.reference}/people/"
    assert "Let a colleague see this record" not in sound(page, at)
    assert page.get(f"{at}let-in/").status_code == 404
    assert page.get(f"{at}let-in/end/?row={Sight.objects.get().pk}").status_code == 404


def test_a_restriction_and_a_declared_conflict_hold_against_it(home):
    colleague = home.council.other_worker
    let_in(home)
    with acting(system="test"):
        restrict(person=home.ada.pk, why="Staff family", lead_name="R. Lead", lead_phone="1", by=home.manager)
        declare_conflict(user=colleague, person=home.leo.pk, why="A neighbour", by=colleague)
    assert not sees(colleague, home.ada)
    with pytest.raises(Impossible, match="may not be given this child"):
        let_in(home, child=home.leo)


def test_nobody_lets_themselves_in_nor_somebody_who_only_reads_or_cannot_sign_in(home):
    with pytest.raises(Impossible, match="Choose a colleague"):
        let_in(home, to="Social Worker")
    with acting(system="test"):
        actions.create_worker(name="No Sign In", from_on=localdate())
        reader = User.objects.create(username="reader")
        actions.create_worker(name="An Analyst", user=reader, from_on=localdate(), duties=["analyst"])
    with pytest.raises(Impossible, match="no sign-in"):
        let_in(home, to="No Sign In")
    with pytest.raises(Impossible, match="may not be given"):
        let_in(home, to="An Analyst")


def test_it_explains_a_look(home):
    pair = (home.council.other_worker.pk, home.ada.pk)
    assert not linked([pair], localdate(), limits_on(localdate()))
    let_in(home)
    assert linked([pair], localdate(), limits_on(localdate())) == {pair}
