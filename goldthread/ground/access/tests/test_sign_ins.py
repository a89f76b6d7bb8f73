"""A sign-in is given with a phrase that opens nothing, and ends whole."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from goldthread.ground.access.actions import choose_phrase, create_sign_in, end_sign_in, give_temporary_phrase, permit
from goldthread.ground.access.models import Grant, User
from goldthread.ground.access.phrases import SIGNS, temporary_phrase
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.trouble import Impossible

pytestmark = pytest.mark.django_db
OWN = "otter lantern gravel spoon"


@pytest.fixture(autouse=True)
def somebody_acts():
    with acting(None, system="test"):
        yield


def test_a_temporary_phrase_is_three_groups_that_can_be_told_on_the_telephone_and_never_twice_the_same():
    phrases = {temporary_phrase() for _ in range(200)}
    assert len(phrases) == 200
    assert all(len(p) == 14 and set(p.replace("-", "")) <= set(SIGNS) for p in phrases)


def test_a_new_sign_in_holds_a_temporary_phrase_for_seven_days():
    user, phrase = create_sign_in(username="Amina.Mensah ", name="Amina Mensah")
    assert user.username == "amina.mensah" and user.check_password(phrase)
    assert timedelta(days=6) < user.temporary_until - timezone.now() <= timedelta(days=7)


@pytest.mark.parametrize(("username", "words"), [("amina", "somebody’s user name"), ("a b", "small letters"), ("", "small letters")])
def test_a_user_name_that_is_taken_or_cannot_be_typed_is_refused_at_its_question(username, words):
    create_sign_in(username="amina", name="Amina Mensah")
    with pytest.raises(Impossible, match=words) as refused:
        create_sign_in(username=username, name="Amina Minor")
    assert refused.value.about == "username"


def test_the_owner_chooses_a_phrase_of_their_own_and_not_the_one_they_were_given():
    user, phrase = create_sign_in(username="amina", name="Amina Mensah")
    for refused in (phrase, "too short"):
        with pytest.raises(Impossible):
            choose_phrase(user=user, phrase=refused)
    choose_phrase(user=user, phrase=OWN)
    assert User.objects.get(pk=user.pk).temporary_until is None
    assert authenticate(username="amina", password=OWN) == user


def test_a_new_temporary_phrase_ends_the_old_phrase_at_once():
    user, _ = create_sign_in(username="amina", name="Amina Mensah")
    choose_phrase(user=user, phrase=OWN)
    give_temporary_phrase(user=user)
    assert authenticate(username="amina", password=OWN) is None


def test_an_ended_sign_in_opens_nothing_and_takes_its_permits_with_it():
    user, phrase = create_sign_in(username="amina", name="Amina Mensah")
    lead, _ = create_sign_in(username="lead", name="Ruth Lamb")
    permit(user=user, person=1, why="Allocated", by=lead)
    end_sign_in(user=user)
    assert authenticate(username="amina", password=phrase) is None
    assert Grant.objects.get().until_at <= timezone.now()


@pytest.mark.parametrize(
    "phrase", ["vier wörter und ein fluß 🌊", "  spaces at both ends  ", "lower case letters only", "long " * 60 + "End"]
)
def test_a_phrase_of_any_signs_and_length_is_taken_whole_and_compared_letter_for_letter(phrase):
    user, _ = create_sign_in(username="amina", name="Amina Mensah")
    choose_phrase(user=user, phrase=phrase)
    assert authenticate(username="amina", password=phrase) == user
    assert not any(authenticate(username="amina", password=other) for other in (phrase[:-1], phrase.swapcase(), f"{phrase} "))
