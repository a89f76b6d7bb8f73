"""An administrator sets up who works here; nobody else finds the pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Allocation, Cover, Duty, Holding, Post, SignIn, Team, WayBack, Worker
from goldthread.face.web.tests.pages import a_new_phrase, problems_of, set_up_an_app, signed_in, sound
from goldthread.ground.access.actions import choose_phrase, create_sign_in
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading
from goldthread.ground.design.tests import browser
from goldthread.ground.time.words import short_day
from goldthread.out.insight.models import Population

OWN = "otter lantern gravel spoon"


def day(name, when):
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


TODAY = localdate


@pytest.fixture
def joan(council):
    return signed_in(council.users["joan"])


def key(council, name):
    return council.workers[name].pk


def pages(council):
    amina, team = key(council, "amina"), council.teams["assessment"].pk
    post = Post.objects.filter(team=team).first().pk
    holding = Holding.objects.get(worker=amina).pk
    duty = Duty.objects.get(worker=key(council, "dev")).pk
    return [
        "", "agencies/", "agencies/?q=x", "agencies/add/", "teams/add/", f"teams/{team}/", f"teams/{team}/change/", f"teams/{team}/close/",
        f"teams/{team}/post/", f"posts/{post}/change/", f"posts/{post}/close/", f"posts/{post}/fill/", "workers/", "workers/?q=amina&only=",
        "workers/?q=zzz", "workers/add/", f"workers/{amina}/", f"workers/{amina}/change/", f"workers/{amina}/post/", f"workers/{amina}/sign-in/",
        f"workers/{amina}/pass-phrase/", f"workers/{amina}/left/", f"workers/{amina}/duty/", f"workers/{amina}/cover/",
        f"holdings/{holding}/end/", f"duties/{duty}/end/", "population/", "population/enter/",
    ]  # fmt: skip


def test_every_set_up_page_is_sound_and_none_is_there_for_anybody_else(council, joan):
    clare = signed_in(council.users["clare"])
    for address in pages(council):
        sound(joan, f"/set-up/{address}")
        assert clare.get(f"/set-up/{address}").status_code == 404, address
    assert Client().get("/set-up/").status_code == 302
    assert Reading.objects.filter(act="refused", what__startswith="set-up page", user_id=council.users["clare"].pk).exists()


def test_the_page_shows_who_holds_each_post_since_when_and_what_is_missing(council, joan):
    html = sound(joan, "/set-up/")
    assert "Amina Mensah" in html and "since 6 January 2020" in html
    assert "Nobody manages Leaving Care" in html
    assert "Set-up" not in signed_in(council.users["clare"]).get("/").content.decode().split("<main")[0]


def test_a_team_a_post_and_a_worker_are_added_one_after_another(council, joan):
    asked = {"service": "another", "service_name": "Early Help", "name": "Family Help South", "purpose": "family_help", "phone": ""}
    answer = joan.post("/set-up/teams/add/", asked)
    team = Team.objects.get(name="Family Help South")
    assert answer.headers["Location"] == f"/set-up/teams/{team.pk}/"
    joan.post(f"/set-up/teams/{team.pk}/post/", {"title": "Family help worker", "is_manager": "no"})
    post = Post.objects.get(team=team)
    told = {
        "name": "Kofi Annan",
        "profession": "Family help worker",
        "phone": "020 7946 0001",
        "post": str(post.pk),
        "username": "kofi.annan",
    }
    shown = joan.post("/set-up/workers/add/", told | day("from_on", TODAY()))
    assert shown.status_code == 200 and problems_of(shown.content.decode()) == []
    assert "kofi.annan" in shown.content.decode() and "Tell Kofi Annan the temporary pass phrase" in shown.content.decode()
    assert Holding.objects.get(worker__name="Kofi Annan").post == post
    assert User.objects.get(username="kofi.annan").temporary_until is not None
    assert "Temporary, until" in sound(joan, f"/set-up/workers/{Worker.objects.get(name='Kofi Annan').pk}/")


def test_what_cannot_be_is_said_beside_the_field_and_at_the_top_and_nothing_typed_is_lost(council, joan):
    held = Holding.objects.get(worker=key(council, "amina"))
    typed = {"worker": str(key(council, "ines"))} | day("from_on", TODAY())
    html = joan.post(f"/set-up/posts/{held.post_id}/fill/", typed).content.decode()
    assert html.count("Amina Mensah holds this post from 6 January 2020. End that first, or choose a later day.") == 2
    assert problems_of(html) == []
    told = {"name": "Kofi Annan", "username": "amina"} | day("from_on", TODAY())
    answer = joan.post("/set-up/workers/add/", told)
    html = answer.content.decode()
    assert answer.status_code == 422 and html.count("“amina” is somebody’s user name already.") == 2 and 'value="Kofi Annan"' in html
    assert not Worker.objects.filter(name="Kofi Annan").exists(), "all or nothing"
    html = joan.post(
        f"/set-up/holdings/{held.pk}/end/", {"last_on-day": "31", "last_on-month": "2", "last_on-year": "2026"}
    ).content.decode()
    assert "is not a day in the calendar" in html and 'value="31"' in html


def test_duties_and_cover_are_given_and_ended(council, joan):
    amina = key(council, "amina")
    joan.post(
        f"/set-up/workers/{amina}/duty/", {"role": "out_of_hours"} | day("from_on", TODAY()) | day("last_on", TODAY() + timedelta(days=7))
    )
    duty = Duty.objects.get(worker=amina)
    assert duty.until_on == TODAY() + timedelta(days=8)
    joan.post(f"/set-up/duties/{duty.pk}/end/", day("last_on", TODAY()))
    duty.refresh_from_db()
    assert duty.until_on == TODAY() + timedelta(days=1)
    joan.post(f"/set-up/workers/{amina}/cover/", {"covering": str(key(council, "ben"))} | day("from_on", TODAY()) | day("last_on", TODAY()))
    cover = Cover.objects.get()
    assert "Covered by Ben Osei" in sound(joan, f"/set-up/workers/{amina}/")
    sound(joan, f"/set-up/covers/{cover.pk}/end/")


def test_nobody_gives_themselves_more_to_see(council, joan):
    own = key(council, "joan")
    html = joan.post(f"/set-up/workers/{own}/duty/", {"role": "out_of_hours"} | day("from_on", TODAY())).content.decode()
    assert html.count("Somebody else must do this for you") == 2
    assert not Duty.objects.filter(worker=own, role="out_of_hours").exists()


def test_the_first_administrator_is_none_any_more_when_the_duty_ends(council):
    with acting(None, system="test"):
        User.objects.filter(username="joan").update(is_superuser=True)
        Duty.objects.filter(role="administrator").update(until_on=TODAY())
    assert signed_in(User.objects.get(username="joan")).get("/set-up/").status_code == 404


def new_phrase(council, joan):
    return a_new_phrase(joan, signed_in(council.users["clare"]), council.workers["amina"])


def test_a_temporary_phrase_opens_nothing_but_the_choice_of_an_own_one(council, joan):
    phrase = new_phrase(council, joan)
    amina = Client()
    assert amina.post("/sign-in/", {"username": "amina", "pass_phrase": "four good words here"}).status_code == 422, "the old one has ended"
    answer = amina.post("/sign-in/", {"username": "amina", "pass_phrase": phrase, "next": "/team/"})
    assert answer.headers["Location"] == "/sign-in/own-phrase/"
    assert amina.get("/").status_code == 302 and amina.get("/api/me").status_code == 401, "not signed in"
    sound(amina, "/sign-in/own-phrase/")
    for typed in (
        {"pass_phrase": OWN, "again": "another"},
        {"pass_phrase": phrase, "again": phrase},
        {"pass_phrase": "short", "again": "short"},
    ):
        refused = amina.post("/sign-in/own-phrase/", typed)
        assert refused.status_code == 422 and problems_of(refused.content.decode()) == []
    assert amina.post("/sign-in/own-phrase/", {"pass_phrase": OWN, "again": OWN}).headers["Location"] == "/team/"
    assert amina.get("/").headers["Location"] == "/sign-in/yours/", "a second step first"
    set_up_an_app(amina)
    assert amina.get("/").status_code == 200
    assert Client().post("/sign-in/", {"username": "amina", "pass_phrase": phrase}).status_code == 422
    assert Client().post("/sign-in/", {"username": "amina", "pass_phrase": OWN}).headers["Location"] == "/sign-in/second-step/"


def test_a_page_left_open_is_no_way_in_once_another_phrase_was_given(council, joan):
    amina = Client()
    amina.post("/sign-in/", {"username": "amina", "pass_phrase": new_phrase(council, joan)})
    joan.post(f"/set-up/workers/{key(council, 'amina')}/pass-phrase/", {"how": "She rang: it did not arrive"})
    assert amina.post("/sign-in/own-phrase/", {"pass_phrase": OWN, "again": OWN}).headers["Location"] == "/sign-in/"
    assert Client().get("/sign-in/own-phrase/").headers["Location"] == "/sign-in/"


def test_a_temporary_phrase_runs_out_after_seven_days(council, time_machine):
    with acting(None, system="test"):
        user, phrase = create_sign_in(username="late", name="Late Starter")
    time_machine.move_to(timezone.now() + timedelta(days=8), tick=False)
    answer = Client().post("/sign-in/", {"username": "late", "pass_phrase": phrase})
    assert answer.status_code == 422 and "has run out" in answer.content.decode()
    with acting(None, system="test"):
        choose_phrase(user=user, phrase=OWN)
    assert Client().post("/sign-in/", {"username": "late", "pass_phrase": OWN}).status_code == 302


def test_a_leaver_is_out_at_once_and_the_open_work_is_handed_over(busy):
    joan, amina = signed_in(busy.users["joan"]), signed_in(busy.users["amina"])
    address = f"/set-up/workers/{busy.workers['amina'].pk}/left/"
    html = sound(joan, address)
    assert "25 children, 60 things to do" in html
    assert busy.children[0].reference in html and str(busy.children[0]) not in html, "an administrator has no reason to know the names"
    assert Reading.objects.filter(what__startswith="open work of worker", people__contains=[busy.children[0].pk]).exists()
    nobody = joan.post(address, day("gone_on", TODAY()))
    assert nobody.status_code == 422 and amina.get("/").status_code == 200
    joan.post(address, day("gone_on", TODAY()) | {"to": f"worker-{busy.workers['ben'].pk}"})
    assert amina.get("/").status_code == 302
    assert Client().post("/sign-in/", {"username": "amina", "pass_phrase": "four good words here"}).status_code == 422
    assert Allocation.objects.filter(worker=busy.workers["ben"], until_on=None).count() == 25
    assert not SignIn.objects.on(TODAY()).filter(worker=busy.workers["amina"]).exists()
    sound(joan, f"/set-up/workers/{busy.workers['amina'].pk}/")


def test_another_agency_is_put_on_file_once(council, joan):
    asked = {"name": "Mill Lane Primary", "kind": "school"}
    assert joan.post("/set-up/agencies/add/", asked).status_code == 302
    assert joan.post("/set-up/agencies/add/", asked).content.decode().count("Mill Lane Primary is on file already.") == 2
    assert "Mill Lane Primary" in sound(joan, "/set-up/agencies/?q=mill")


def test_how_many_children_live_here_is_entered_with_its_source_and_taken_back_with_who_did_both(council, joan):
    assert "How many children live here is not entered" in sound(joan, "/set-up/")
    typed = {"mid_year": "2025", "children": "60,000", "source": "ONS mid-year estimate for mid-2025, 0 to 17"}
    refused = joan.post("/set-up/population/enter/", typed | {"children": "60,00 or so"})
    assert refused.status_code == 422 and problems_of(refused.content.decode()) == []
    assert not Population.objects.exists() and 'value="60,00 or so"' in refused.content.decode()
    assert joan.post("/set-up/population/enter/", typed).status_code == 302
    entered = Population.objects.get()
    assert (entered.mid_year, entered.children, entered.entered_by) == (2025, 60_000, council.users["joan"])
    html = sound(joan, "/set-up/population/")
    assert "60,000" in html and "ONS mid-year estimate for mid-2025, 0 to 17" in html and f"Joan Abara, {short_day(TODAY())}" in html
    assert "How many children live here is not entered" not in sound(joan, "/set-up/")
    again = joan.post("/set-up/population/enter/", typed | {"children": "61000"}).content.decode()
    assert again.count("Mid-2025 is entered already. Take that back first.") == 2
    take_back = f"/set-up/population/{entered.pk}/take-back/"
    assert signed_in(council.users["clare"]).post(take_back).status_code == 404
    sound(joan, take_back)
    assert joan.post(take_back).status_code == 302
    assert "Taken back</h2>" in sound(joan, "/set-up/population/")
    assert joan.get(take_back).status_code == 404
    assert joan.post("/set-up/population/enter/", typed | {"children": "61000"}).status_code == 302


@pytest.mark.browser
@pytest.mark.skipif(not browser.is_built(), reason="the front end is not built: make front-end")
def test_a_way_back_is_axe_clean_at_every_turn_of_it_and_spills_nowhere(busy, browser_type_launch_args, browser_type):
    """The turns that tests.contracts.places does not come to."""
    joan, clare = signed_in(busy.users["joan"]), signed_in(busy.users["clare"])
    phrase, pages = f"/set-up/workers/{busy.workers['amina'].pk}/pass-phrase/", {}
    joan.post(phrase, {"how": "Rang back", "lost": "phrase"})
    way = WayBack.objects.latest("pk")
    clare.post(f"/work/way-back/{way.pk}/", {"answer": "yes", "words": "She stood before me"})
    pages["agreed"] = joan.get(phrase)
    pages["phrase"] = joan.post(phrase)
    pages["over"] = clare.get(f"/work/way-back/{way.pk}/")
    chromium, wrong = browser_type.launch(**browser_type_launch_args), []
    context = chromium.new_context()
    browser.give(context, {f"/{number}": answer.content.decode() for number, answer in enumerate(pages.values())})
    page = context.new_page()
    for number, address in enumerate(pages):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{browser.HOME}/{number}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{address} spills at {width}")
        wrong += [f"{address}: {found}" for found in browser.axe(page)]
    chromium.close()
    assert wrong == [], "\n".join(wrong)
