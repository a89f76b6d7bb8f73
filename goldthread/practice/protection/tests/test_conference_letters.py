"""Letters about a conference: who may know what, which way is safe, and what is kept of what went."""

from datetime import time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate
from goldthread.core.agencies.models import Allocation, SignIn
from goldthread.core.documents.models import Addressee, Letter, Sealed
from goldthread.core.people.actions import move_to_address, record_death, set_contact_point
from goldthread.core.people.facts import Place, Reach
from goldthread.core.records.actions import withdraw
from goldthread.core.records.models import Record
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.pathway.letters import actions
from goldthread.pathway.letters.actions import NotSo
from goldthread.pathway.letters.declared import kind_named
from goldthread.pathway.meeting.actions import arrange
from goldthread.practice.front_door.tests.calls import page, signed_in
from goldthread.practice.protection.tests.lettering import INVITATION, letters, live_in_confidence, words_in

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def conference():
    with acting(None, system="test"):
        yield letters()


def test_each_adult_reads_their_own_time_and_nobody_elses(conference):
    c = conference
    c.decide(INVITATION, c.grace, c.scene.maya, c.scene.leo, come_to="Room 4, Mereside House")
    c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30), come_to="Room 7, Mereside House")
    whole, apart = words_in(c.read(INVITATION, c.grace)[1]), words_in(c.read(INVITATION, c.fatou)[1])
    assert "10:00am" in whole and "Maya Adeyemi and Leo Adeyemi" in whole and "Room 4" in whole and "Ada Okafor" in whole
    assert "2:30pm" in apart and "10:00" not in apart and "Room 7" in apart
    assert "Leo" not in apart and "Grace" not in apart and "Daniel" not in apart


def test_an_excluded_adult_reads_how_they_are_heard_and_neither_day_nor_time_nor_place(conference):
    c = conference
    with pytest.raises(NotSo, match="how this person is heard"):
        c.decide(INVITATION, c.daniel, c.scene.leo)
        c.read(INVITATION, c.daniel)
    c.decide(INVITATION, c.daniel, c.scene.leo, reach_us="Ring the council and ask for the conference service, until Friday.")
    made, pdf = c.read(INVITATION, c.daniel)
    found = words_in(pdf)
    assert "you will not be in the room" in " ".join(found.split()) and "ask for the conference service" in " ".join(found.split())
    for secret in ("10:00", f"{TODAY:%A}", "Mereside", "Ada Okafor", "Grace", "Fatou", "Maya"):
        assert secret not in made.words, secret


def test_a_letter_is_signed_by_the_social_worker_whoever_leads_family_help(conference):
    """Maya has had a family help lead for longer than a social worker; the family help lead is nobody's social worker."""
    c = conference
    team, helper = c.scene.council.assessment, SignIn.objects.get(user=c.scene.council.other_worker).worker
    Allocation.objects.filter(child__in=[c.scene.maya, c.scene.leo]).update(until_on=TODAY)
    for child in (c.scene.maya, c.scene.leo):
        allocate(child=child.pk, team=team, worker=helper, on=TODAY - timedelta(days=9), role=Allocation.FAMILY_HELP)
    c.decide(INVITATION, c.grace, c.scene.maya, c.scene.leo)
    assert c.read(INVITATION, c.grace)[0].page.signed[0] == "Children’s services"
    ours = SignIn.objects.get(user=c.worker).worker
    allocate(child=c.scene.leo.pk, team=team, worker=ours, on=TODAY)
    assert c.read(INVITATION, c.grace)[0].page.signed[:2] == [ours.name, "Social worker"]


def test_parental_responsibility_alone_releases_no_child(conference):
    c = conference
    c.decide(INVITATION, c.daniel, way="by_hand", reach_us="Ring us.")
    with pytest.raises(NotSo, match="which child"):
        c.read(INVITATION, c.daniel)


def test_a_confidential_address_hides_the_place_and_the_workers_number(conference):
    c = conference
    live_in_confidence(c.grace, c.scene.maya, c.scene.leo)
    c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30), come_to="Room 7, Mereside House")
    made, pdf = c.read(INVITATION, c.fatou)
    assert "We tell you ourselves where to come" in made.words and "Room 7" not in words_in(pdf)
    assert "the number you already have" in made.words


def test_not_even_its_owners_letter_carries_a_confidential_address(conference):
    c = conference
    live_in_confidence(c.grace, c.scene.maya, c.scene.leo)
    with pytest.raises(NotSo, match="not known to be safe"):
        c.decide(INVITATION, c.grace, c.scene.maya, way="post")
    c.decide(INVITATION, c.grace, c.scene.maya)
    assert "Larch" not in words_in(c.read(INVITATION, c.grace)[1])


@pytest.mark.parametrize(
    "said",
    [
        "Leo’s school is Loomgate School",
        "Come to 14, larch close",
        "You find us near HW94TT",
        "Grace says that you shout",
        "Ring 07700900111",
        "Leo is worried",
    ],
)
def test_words_typed_for_one_person_may_tell_nothing_of_another(conference, said):
    c = conference
    live_in_confidence(c.grace, c.scene.maya, c.scene.leo)
    with pytest.raises(NotSo, match="must not stand in this letter"):
        c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30), own_words=said)


@pytest.mark.parametrize(
    "said",
    ["Be there at 10:00", "at 10am", "at 10.00 am", f"on {TODAY:%-d %B}", f"on the {TODAY:%-d}/{TODAY:%-m}", "Room 4, Mereside House"],
)
def test_whoever_is_kept_out_learns_neither_day_nor_time_nor_place_from_what_somebody_types(conference, said):
    with pytest.raises(NotSo, match="must not stand in this letter"):
        conference.decide(INVITATION, conference.daniel, conference.scene.leo, reach_us=f"Ring us. {said}.")


def test_post_goes_only_to_their_own_address_once_somebody_said_it_is_safe(conference):
    c = conference
    move_to_address(people=[c.fatou], place=Place("3 Weir Lane", None, "Otherby", "HW1 1AA"))
    with pytest.raises(NotSo, match="not known to be safe"):
        c.decide(INVITATION, c.fatou, c.scene.maya, way="post", own_time=time(14, 30))
    client = signed_in(c.worker)
    answer = client.post(
        f"/letters/{c.record.reference}/{INVITATION}/{c.fatou.reference}/",
        {
            "children": [c.scene.maya.reference],
            "post": f"yes-{c.fatou.addresses.get().pk}",
            "post_said": "Fatou, by telephone",
            "way": "post",
            "own-time": "14:30",
        },
    )
    assert answer.status_code == 302, page(answer)
    made, _ = c.read(INVITATION, c.fatou)
    assert made.page.address == ["3 Weir Lane", "Otherby", "HW1 1AA"]
    assert c.fatou.addresses.get().post_said.startswith("Fatou, by telephone")


def test_where_no_safe_way_is_known_there_is_no_letter_and_somebody_tells_them(conference):
    c = conference
    set_contact_point(person=c.fatou, reach=Reach(kind="phone", value="07700 900222", is_safe=False))
    with pytest.raises(NotSo, match="not known to be safe"):
        c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30))
    c.decide(INVITATION, c.fatou, c.scene.maya, way="none", own_time=time(14, 30))
    client = signed_in(c.worker)
    shown = page(client.get(f"/record/{c.record.reference}/letters/"))
    assert "Tell Fatou Sarr in person." in shown
    address = f"/letters/{c.record.reference}/{INVITATION}/{c.fatou.reference}/told/"
    today = {"on-day": TODAY.day, "on-month": TODAY.month, "on-year": TODAY.year}
    assert client.post(address, {**today, "words": "The social worker, at the office; he will come."}).status_code == 302
    assert "Told in person" in page(client.get(f"/record/{c.record.reference}/letters/"))
    assert not Letter.objects.exists()
    assert Record.objects.filter(kind="records.case_note", children__child=c.scene.maya, headline__contains="told in person").exists()


def test_nothing_is_sealed_that_this_person_has_not_read_as_it_goes(conference):
    c = conference
    c.decide(INVITATION, c.grace, c.scene.maya)
    with pytest.raises(NotSo, match="Read it first"):
        c.seal(INVITATION, c.grace)
    c.read(INVITATION, c.grace, by=c.scene.council.assessment_manager)
    with pytest.raises(NotSo, match="Read it first"):
        c.seal(INVITATION, c.grace)
    c.read(INVITATION, c.grace)
    arrange(record=c.record, planned_on=TODAY, planned_at=time(11, 0), how="in_person", chair=c.record.arrangement.chair)
    with pytest.raises(NotSo, match="changed since"):
        c.seal(INVITATION, c.grace)
    c.read(INVITATION, c.grace)
    assert c.seal(INVITATION, c.grace).waits


def test_a_sealed_letter_is_kept_whole_and_the_database_lets_nobody_change_it(conference):
    c = conference
    c.decide(INVITATION, c.grace, c.scene.maya, c.scene.leo)
    made, pdf = c.read(INVITATION, c.grace)
    letter = c.seal(INVITATION, c.grace)
    assert bytes(letter.sealed.pdf) == pdf and letter.reference == made.page.reference
    for change in (
        lambda: Sealed.objects.filter(pk=letter.pk).update(pdf=b"other"),
        lambda: Letter.objects.filter(pk=letter.pk).update(way="post"),
        lambda: Letter.objects.filter(pk=letter.pk).update(sealed_by=c.scene.council.assessment_manager),
        lambda: Letter.objects.filter(pk=letter.pk).update(children=[]),
    ):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_sealed")
    shown = signed_in(c.worker).get(f"/letters/{c.record.reference}/sealed/{letter.reference}/")
    assert shown.content == pdf and shown["Content-Type"] == "application/pdf" and "no-store" in shown["Cache-Control"]
    assert shown["Content-Disposition"] == f'inline; filename="letter-{letter.reference}.pdf"'
    assert Change.objects.filter(table="documents_letter", row=letter.pk, op="I").exists()
    assert not Change.objects.filter(table="documents_sealed").exists(), "the trail holds the hash, not the file"


def test_what_went_is_followed_to_its_acknowledgement_on_the_record_and_the_meetings_list(conference):
    c = conference
    letter = c.sealed(INVITATION, c.grace, c.scene.maya, c.scene.leo)
    assert c.go(letter) == ""
    asked = c.record.invitees.get(person=c.grace)
    assert asked.invited_how == "letter"
    assert Record.objects.filter(kind="records.case_note", children__child=c.scene.leo, headline__contains=letter.reference).exists()
    kind = kind_named(INVITATION)
    with pytest.raises(NotSo, match="between"):
        actions.news(kind=kind, letter=letter, what="arrived", on=TODAY + timedelta(days=1), by=c.worker)
    actions.news(kind=kind, letter=letter, what="acknowledged", on=TODAY, how="rang", words="She will come.", by=c.worker)
    letter.refresh_from_db()
    assert (letter.arrived_on, letter.acknowledged_on, letter.acknowledged_how) == (TODAY, TODAY, "rang")
    shown = page(signed_in(c.worker).get(f"/record/{c.record.reference}/letters/"))
    assert "Acknowledged" in shown and "She will come." in shown and letter.reference in shown


def test_a_conference_that_moves_after_a_letter_was_sealed_stops_it_as_it_goes(conference):
    c = conference
    letter = c.sealed(INVITATION, c.grace, c.scene.maya)
    arrange(record=c.record, planned_on=TODAY, planned_at=time(11, 0), how="in_person", chair=c.record.arrangement.chair)
    assert "changed since it was sealed" in c.go(letter)
    letter.refresh_from_db()
    assert letter.gone_at is None and "changed" in letter.stopped_why
    assert c.record.invitees.get(person=c.grace).invited_at is None


def test_a_number_that_stops_being_safe_stops_the_letter_as_it_goes(conference):
    c = conference
    letter = c.sealed(INVITATION, c.grace, c.scene.maya)
    set_contact_point(person=c.grace, reach=Reach(kind="phone", value="07700 900111", is_safe=False))
    assert "no longer known to be safe" in c.go(letter)


def test_a_death_stops_every_letter_at_once_to_whomever_it_was_going(conference):
    c = conference
    letter = c.sealed(INVITATION, c.grace, c.scene.maya)
    record_death(person=c.scene.leo, died_on=TODAY)
    letter.refresh_from_db()
    assert letter.stopped_at and "has died" in letter.stopped_why
    assert Addressee.objects.get(person=c.grace).decided_at is None


def test_a_conference_that_is_withdrawn_stops_its_letters(conference):
    c = conference
    letter = c.sealed(INVITATION, c.grace, c.scene.maya)
    withdraw(record=c.record, why="Made for the wrong family", by=c.worker)
    letter.refresh_from_db()
    assert letter.stopped_at
    c.record.refresh_from_db()
    with pytest.raises(NotSo, match="withdrawn"):
        c.read(INVITATION, c.grace)


def test_a_worker_with_no_reason_sees_no_letter(conference):
    c = conference
    letter = c.sealed(INVITATION, c.grace, c.scene.maya)
    client = signed_in(c.scene.council.other_worker)
    for address in (
        f"/record/{c.record.reference}/letters/",
        f"/letters/{c.record.reference}/{INVITATION}/{c.grace.reference}/",
        f"/letters/{c.record.reference}/{INVITATION}/{c.grace.reference}/read/",
        f"/letters/{c.record.reference}/sealed/{letter.reference}/",
    ):
        assert client.get(address).status_code == 404, address


def test_the_page_leads_from_deciding_to_gone(conference):
    c = conference
    client, mark = signed_in(c.worker), f"{INVITATION}/{c.grace.reference}/"
    letters_at, decide_at = f"/record/{c.record.reference}/letters/", f"/letters/{c.record.reference}/{mark}"
    assert "To be decided" in page(client.get(letters_at)) and "Letters to the family" in page(client.get(f"/record/{c.record.reference}/"))
    assert client.post(decide_at, {}).status_code == 422
    assert client.post(decide_at, {"children": [c.scene.maya.reference], "way": "by_hand"}).status_code == 302
    assert "It can be sealed once you have read it" in page(client.get(letters_at))
    assert client.get(f"{decide_at}read/")["Content-Type"] == "application/pdf"
    assert client.post(letters_at, {"press": f"seal {INVITATION} {c.grace.reference}"}).status_code == 302
    letter = Letter.objects.get()
    assert client.post(letters_at, {"press": f"gone {letter.reference}"}).status_code == 302
    letter.refresh_from_db()
    assert letter.gone_by == c.worker
    news = f"/letters/{c.record.reference}/sealed/{letter.reference}/news/"
    assert (
        client.post(
            news, {"what": "came_back", "on-day": TODAY.day, "on-month": TODAY.month, "on-year": TODAY.year, "words": "Gone away"}
        ).status_code
        == 302
    )
    assert "Came back" in page(client.get(letters_at))


def test_an_unborn_child_is_in_no_letter_to_somebody_not_known_to_know_of_the_pregnancy(conference):
    from goldthread.core.people.actions import create_people, relate_many
    from goldthread.core.people.facts import NewPerson, Tie
    from goldthread.core.records.actions import add_children
    from goldthread.pathway.letters.composing import may_be_told_of

    c = conference
    (unborn,) = create_people(people=[NewPerson(personal={"expected_on": TODAY + timedelta(days=60)})])
    relate_many(ties=[Tie(unborn.pk, c.grace.pk, "mother"), Tie(unborn.pk, c.fatou.pk, "father", knows_of_pregnancy=False)])
    add_children(record=c.record, children=[unborn.pk])
    assert dict(may_be_told_of(c.fatou, [unborn]))[unborn] and not dict(may_be_told_of(c.grace, [unborn]))[unborn]
    with pytest.raises(NotSo, match="cannot tell"):
        c.decide(INVITATION, c.fatou, unborn, own_time=time(14, 30))
    with pytest.raises(NotSo, match="must not stand"):
        c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30), own_words="Grace’s baby is due soon")
