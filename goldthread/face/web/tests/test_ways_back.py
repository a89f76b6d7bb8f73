"""A lost pass phrase: one asks, another agrees, then it is given; for twenty-four hours, and told to the one it is for."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from goldthread import commands
from goldthread.core.agencies.actions import cover, create_worker
from goldthread.core.agencies.models import WayBack
from goldthread.face.web.jobs import tell_of_way_back
from goldthread.face.web.tests.pages import a_new_phrase, signed_in, sound, with_an_app
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change

pytestmark = pytest.mark.django_db
OLD = "four good words here"
ASKED = {"how": "Rang back on the team’s number", "lost": "everything"}
YES, NO = {"answer": "yes", "words": "She stood before me"}, {"answer": "no", "words": "She knows nothing of it"}


@pytest.fixture
def joan(council):
    with_an_app(council.users["amina"])
    return signed_in(council.users["joan"])


def page_of(council, name="amina"):
    return f"/set-up/workers/{council.workers[name].pk}/pass-phrase/"


def asked(council, joan) -> str:
    assert joan.post(page_of(council), ASKED).status_code == 302
    return f"/work/way-back/{WayBack.objects.latest('pk').pk}/"


def is_as_it_was(user) -> bool:
    user.refresh_from_db()
    return user.check_password(OLD) and Authenticator.objects.filter(user=user).count() == 2


def test_nothing_is_changed_before_somebody_else_has_agreed(council, joan):
    asked(council, joan)
    html = sound(joan, page_of(council))
    assert "Clare Whitlock" in html and "Take it back" in html
    assert is_as_it_was(council.users["amina"])
    assert "pass phrase, once" not in html


def test_whoever_agreed_is_in_the_trail_and_the_phrase_is_shown_to_whoever_asked(council, joan):
    amina = council.users["amina"]
    phrase = a_new_phrase(joan, signed_in(council.users["clare"]), council.workers["amina"], lost="everything")
    assert not is_as_it_was(amina) and not Authenticator.objects.filter(user=amina).exists()
    assert Client().post("/sign-in/", {"username": "amina", "pass_phrase": phrase}).headers["Location"] == "/sign-in/own-phrase/"
    told = Change.objects.filter(table="agencies_wayback").order_by("pk")
    assert [(line.actor, line.purpose.partition(":")[0]) for line in told] == [
        (f"user:{council.users['joan'].pk}", "asked for a new pass phrase"),
        (f"user:{council.users['clare'].pk}", "a new pass phrase is agreed to"),
        (f"user:{council.users['joan'].pk}", "new pass phrase"),
    ]


@pytest.mark.parametrize("name", ["ben", "dev", "efua", "hugo"])
def test_nobody_outside_the_line_finds_the_page(council, joan, name):
    way, other = asked(council, joan), signed_in(council.users[name])
    assert other.get(way).status_code == other.post(way, YES).status_code == 404
    assert "waits for your yes" not in other.get("/").content.decode()
    assert is_as_it_was(council.users["amina"])


def test_neither_whoever_asked_nor_the_one_it_is_for_may_agree(council, joan):
    way, amina = asked(council, joan), signed_in(council.users["amina"])
    assert joan.post(way, YES).status_code == 404
    amina.post(way, YES)
    assert WayBack.objects.get().is_agreed is False, "her press says that it was not she"
    with pytest.raises(IntegrityError), transaction.atomic(), acting(system="test"):
        WayBack.objects.update(is_agreed=True, answered_by=council.users["joan"])


def test_a_manager_and_whoever_covers_for_them_may_agree_and_find_it_on_my_work(council, joan):
    today = timezone.localdate()
    with acting(system="test"):
        cover(away=council.workers["clare"], covering=council.workers["ines"], from_on=today, until=today + timedelta(days=3))
    way = asked(council, joan)
    for name in ("clare", "ines"):
        client = signed_in(council.users[name])
        assert f'href="{way}"' in sound(client, "/") or f"href='{way}'" in client.get("/").content.decode()
        assert "Make sure yourself" in sound(client, way)
    signed_in(council.users["ines"]).post(way, YES)
    assert WayBack.objects.get().is_agreed
    assert "nothing more to answer" in sound(signed_in(council.users["clare"]), way)


def test_another_administrator_may_agree_for_somebody_without_a_manager(council, joan):
    with acting(system="test"):
        other = User.objects.create(username="kit", password="!")
        create_worker(name="Kit Marlow", user=other, from_on=timezone.localdate(), duties=("administrator",))
    joan.post(page_of(council, "ines"), ASKED)
    way = WayBack.objects.get()
    signed_in(other).post(f"/work/way-back/{way.pk}/", YES)
    way.refresh_from_db()
    assert way.is_agreed and way.answered_by == other


def test_where_nobody_may_agree_it_is_said_and_the_machine_is_the_last_way(council, joan):
    answer = joan.post(page_of(council, "ines"), ASKED)
    assert (
        answer.status_code == 422 and "Nobody else may agree to it" in answer.content.decode() and "new-phrase" in answer.content.decode()
    )
    assert not WayBack.objects.exists()


def test_a_no_ends_it_and_the_one_it_is_for_can_say_it_was_not_they(council, joan):
    signed_in(council.users["clare"]).post(asked(council, joan), NO)
    assert is_as_it_was(council.users["amina"])
    way, amina = asked(council, joan), signed_in(council.users["amina"])
    assert "a new pass phrase was asked for" in sound(amina, "/") and "Stop it: it was not I" in sound(amina, way)
    signed_in(council.users["clare"]).post(way, YES)
    amina.post(way)
    html = joan.post(page_of(council)).content.decode()
    assert "Temporary pass phrase</dt>" not in html and is_as_it_was(council.users["amina"])
    assert "refused" in sound(amina, "/")


def test_it_is_over_after_twenty_four_hours_agreed_or_not(council, joan, time_machine):
    start = timezone.now()
    way, clare = asked(council, joan), signed_in(council.users["clare"])
    clare.post(way, YES)
    time_machine.move_to(start + timedelta(hours=24, minutes=1), tick=False)
    joan = signed_in(council.users["joan"])
    assert "Ask for it" in sound(joan, page_of(council))
    asked(council, joan)
    time_machine.move_to(start + timedelta(hours=49), tick=False)
    clare = signed_in(council.users["clare"])
    clare.post(f"/work/way-back/{WayBack.objects.latest('pk').pk}/", YES)
    assert WayBack.objects.latest("pk").is_agreed is None and is_as_it_was(council.users["amina"])


def test_it_is_taken_back_by_whoever_asked(council, joan):
    asked(council, joan)
    joan.post(page_of(council))
    assert WayBack.objects.get().is_agreed is False and "Ask for it" in sound(joan, page_of(council))


def test_somebody_who_never_chose_a_phrase_is_given_the_first_anew_by_one_alone(council, joan):
    with acting(system="test"):
        stranger = create_worker(name="New Starter", from_on=timezone.localdate())
    joan.post(f"/set-up/workers/{stranger.pk}/sign-in/", {"username": "new.starter"})
    html = joan.post(f"/set-up/workers/{stranger.pk}/pass-phrase/", {"how": "Rang back"}).content.decode()
    assert "Temporary pass phrase</dt>" in html and not WayBack.objects.exists()


def test_the_one_it_is_for_is_told_by_e_mail_that_names_nobody(council, joan):
    with acting(system="test"):
        council.workers["amina"].email = "amina@council.example"
        council.workers["amina"].save()
    asked(council, joan)
    tell_of_way_back(way=WayBack.objects.get().pk)
    (sent,) = mail.outbox
    assert sent.to == ["amina@council.example"] and "was asked for" in sent.body and "stop it on My work" in sent.body
    assert not any(name in sent.subject + sent.body for name in ("Amina", "Mensah", "Joan", "Hallowmere", "Rang back"))


def test_at_the_machine_it_is_given_without_a_second_yes_and_the_trail_says_so(council, joan, capsys):
    amina = council.users["amina"]
    arguments = commands.parser().parse_args(["new-phrase", "amina", "--why", "She stands here", "--everything"])
    arguments.run(arguments)
    amina.refresh_from_db()
    phrase = capsys.readouterr().out.splitlines()[0].rpartition(": ")[2]
    assert amina.check_password(phrase) and not Authenticator.objects.filter(user=amina).exists()
    line = Change.objects.filter(table="mfa_authenticator", op="D").first()
    assert (line.actor, line.purpose) == ("system:new-phrase", "at the machine: She stands here")
