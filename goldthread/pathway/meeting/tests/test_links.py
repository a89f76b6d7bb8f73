"""Links that partners open without signing in: they give nothing away, and only both proofs together open anything."""

import re
from datetime import timedelta

import html5lib
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.people.actions import raise_alert
from goldthread.core.people.models import Address, Person, PersonAddress
from goldthread.core.records.actions import withdraw
from goldthread.core.work.models import Task
from goldthread.core.work.queries import work_of
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change, Reading
from goldthread.pathway.actions import complete
from goldthread.pathway.meeting import actions, jobs
from goldthread.pathway.meeting.links import actions as links
from goldthread.pathway.meeting.links import open_pages
from goldthread.pathway.meeting.links.mailing import calendar_entry, link_address, message, text
from goldthread.pathway.meeting.models import Invitee, Link, WrongTry
from goldthread.pathway.meeting.tests.a_meeting import a_scene, decided

pytestmark = pytest.mark.django_db

REFUGE = "Harbour House, 12 Lantern Walk"


@pytest.fixture
def scene():
    with acting(None, system="test"):
        scene = a_scene()
        place = Address.objects.create(line1=REFUGE, town="London", postcode="HW3 4AB")
        for person in (scene.mother, scene.maya, scene.leo):
            PersonAddress.objects.create(person=person, address=place, is_confidential=True, confidential_reason="He has looked for them")
        raise_alert(person=scene.maya, kind="must_not_know_address", what="He must not find the refuge.", about_whom="Leo’s father")
        tomorrow = localdate() + timedelta(days=1)
        actions.arrange(
            record=scene.record, planned_on=tomorrow, planned_at=timezone.localtime().time().replace(hour=10, minute=0), how="video",
            joining=f"Ring 020 7946 0955; whoever is near may come to {REFUGE}",
        )  # fmt: skip
        yield scene


def secrets_of(scene) -> list[str]:
    """Everything that must be in no message, page, file name or header that a link leads to before both proofs are right."""
    names = [str(person) for person in (scene.maya, scene.leo, scene.mother)]
    agencies = ["Loomgate", "Hallowmere", "Mereside", "Wexcombe"]
    return [
        *names,
        "Maya",
        "Leo",
        "Adeyemi",
        "Grace",
        "Amadi",
        *agencies,
        "Harbour",
        "Lantern",
        "HW3",
        "0955",
        "trategy",
        "child",
        "refuge",
    ]


def invited(scene, required="health"):
    return links.write_to(invitee=scene.who(required), purpose=Link.REPLY, by=scene.council.social_worker)


def path_of(made) -> str:
    return re.sub(r"^https?://[^/]+", "", link_address(made.link))


def hold(scene):
    for invitee in scene.record.invitees.filter(left_out_at=None, attended=None):
        actions.attend(invitee=invitee, attended="telephone", by=scene.council.social_worker)
    complete(record=scene.record, step="hold", by=scene.council.assessment_manager, raw=decided(scene))


def words_of(answer) -> str:
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())
    return " ".join("".join(html5lib.parse(answer.content.decode(), namespaceHTMLElements=False).itertext()).split())


def without_the_token(answer) -> str:
    """The page but for what differs on every answer: the forgery token and the minute."""
    html = re.sub(r'value="[A-Za-z0-9]{64}"|nonce="[^"]*"', "", answer.content.decode())
    return re.sub(r'datetime="[^"]+"|>\d\d:\d\d,', "", html)


def test_an_invitation_by_e_mail_names_nobody_and_no_place_and_neither_does_its_calendar_file(scene):
    made = invited(scene)
    sent = message(made.link)
    whole = sent.message().as_string() + text(made.link) + str(calendar_entry(made.link)) + sent.subject
    for attachment in sent.attachments:
        whole += f"{attachment[0]} {attachment[1]}"
    assert [secret for secret in secrets_of(scene) if secret in whole] == []
    assert sent.to == ["nurses@example.org"] and not sent.cc and not sent.bcc
    assert made.figures not in whole, "the second proof goes another way"
    entry = str(calendar_entry(made.link))
    assert f"SUMMARY:Meeting {made.link.invitee.reference}" in entry
    assert not {"LOCATION", "ATTENDEE", "ORGANIZER", "DESCRIPTION"} & {line.split(":")[0].split(";")[0] for line in entry.splitlines()}


def test_no_e_mail_goes_to_family_and_none_without_an_address_at_work(scene):
    police = scene.who("police")
    Invitee.objects.filter(pk=police.pk).update(email=None)
    with pytest.raises(ValueError, match="no e-mail address"):
        links.write_to(invitee=scene.who("police"), purpose=Link.REPLY, by=scene.council.social_worker)
    relative = Invitee(record=scene.record, person=scene.mother, role="Mother", name="Grace", email="grace@example.org")
    with pytest.raises(ValueError, match="family"):
        links.write_to(invitee=relative, purpose=Link.REPLY, by=scene.council.social_worker)


def test_every_address_draws_the_same_page_whether_or_not_there_is_such_a_link(scene):
    made = invited(scene)
    client = Client()
    real, none = client.get(path_of(made)), client.get("/m/" + "A" * 43 + "/")
    assert (real.status_code, none.status_code) == (200, 200)
    assert without_the_token(real) == without_the_token(none)
    assert [secret for secret in secrets_of(scene) if secret in real.content.decode()] == []
    assert made.link.invitee.reference not in real.content.decode()


@pytest.mark.parametrize("spoilt", ["wrong figures", "no such link", "expired", "replaced", "used up", "withdrawn", "left out"])
def test_whatever_is_wrong_the_answer_is_the_same(scene, spoilt):
    made = invited(scene)
    other = invited(scene, "police")
    figures, path = made.figures, path_of(made)
    if spoilt == "wrong figures":
        figures = f"{(int(figures) + 1) % 1_000_000:06d}"
    elif spoilt == "no such link":
        path = "/m/" + "A" * 43 + "/"
    elif spoilt == "expired":
        Link.objects.filter(pk=made.link.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    elif spoilt == "replaced":
        links.write_to(invitee=scene.who("health"), purpose=Link.REPLY, by=scene.council.social_worker)
    elif spoilt == "used up":
        Link.objects.filter(pk=made.link.pk).update(wrong_tries=links.TRIES)
    elif spoilt == "withdrawn":
        withdraw(record=scene.record, why="Made in error", by=scene.council.social_worker)
    else:
        Invitee.objects.filter(pk=made.link.invitee_id).update(
            invited_at=None, invited_how=None, left_out_at=timezone.now(), left_out_why="Asked in error"
        )
    client = Client()
    answer = client.post(path, {"figures": figures})
    known = client.post(path_of(other), {"figures": f"{(int(other.figures) + 1) % 1_000_000:06d}"})
    assert answer.status_code == known.status_code == 422
    assert open_pages.WRONG in words_of(answer)
    assert without_the_token(answer) == without_the_token(known)


def test_the_same_work_is_done_for_a_link_that_is_not_there(scene, monkeypatch):
    checked = []
    monkeypatch.setattr(links, "check_password", lambda typed, kept: checked.append(kept) or False)
    client = Client()
    client.post(path_of(invited(scene)), {"figures": "000000"})
    client.post("/m/" + "B" * 43 + "/", {"figures": "000000"})
    assert len(checked) == 2 and all(kept.startswith("argon2") for kept in checked)


def test_five_wrong_tries_end_a_link_even_for_the_right_figures(scene):
    made, client = invited(scene), Client()
    wrong = f"{(int(made.figures) + 1) % 1_000_000:06d}"
    for _ in range(links.TRIES):
        client.post(path_of(made), {"figures": wrong})
    assert client.post(path_of(made), {"figures": made.figures}).status_code == 422


def test_many_wrong_tries_from_one_place_are_slowed_there_and_nowhere_else(scene):
    made = invited(scene)
    for _ in range(links.FROM_ONE_PLACE):
        WrongTry.objects.create(address="192.0.2.7")
    near = Client(REMOTE_ADDR="192.0.2.7").post(path_of(made), {"figures": made.figures})
    far = Client(REMOTE_ADDR="192.0.2.8").post(path_of(made), {"figures": made.figures})
    assert (near.status_code, far.status_code) == (422, 200)
    Link.objects.get(pk=made.link.pk, wrong_tries=0)  # right figures never use a link up


def test_with_both_proofs_an_invitee_answers_and_it_is_written_down_as_their_own(scene):
    made, client = invited(scene), Client()
    page = client.post(path_of(made), {"figures": f"{made.figures[:3]} {made.figures[3:]}"})
    said = words_of(page)
    assert page.status_code == 200 and "Do you come?" in said and "020 7946 0955" in said
    private = [secret for secret in secrets_of(scene) if secret not in ("Harbour", "Lantern", "0955", "child")]
    assert [secret for secret in private if secret in said.replace("Nothing about a child", "")] == []
    nurse = Invitee.objects.get(pk=made.link.invitee_id)
    assert nurse.delivered_at is not None
    proof = re.search(r'name="proof" value="([^"]+)"', page.content.decode())[1]
    kept = client.post(path_of(made), {"proof": proof, "press": "answer", "answer": "delegated", "delegate_name": "Femi Ojo"})
    assert "Your answer is kept" in words_of(kept)
    nurse.refresh_from_db()
    assert (nurse.reply, nurse.replied_by, nurse.delegate_name) == ("delegated", None, "Femi Ojo")
    assert Change.objects.filter(table="meeting_invitee", now__reply="delegated").get().actor == f"link:{made.link.pk}"


def test_a_delegate_without_a_name_is_refused_and_what_was_typed_stays(scene):
    made, client = invited(scene), Client()
    page = client.post(path_of(made), {"figures": made.figures})
    proof = re.search(r'name="proof" value="([^"]+)"', page.content.decode())[1]
    refused = client.post(path_of(made), {"proof": proof, "press": "answer", "answer": "delegated", "words": "On leave"})
    assert refused.status_code == 422 and "name of whoever comes" in words_of(refused) and "On leave" in refused.content.decode()


def test_the_proof_of_one_link_opens_no_other_and_holds_a_quarter_of_an_hour(scene, monkeypatch):
    made, other, client = invited(scene), invited(scene, "police"), Client()
    page = client.post(path_of(made), {"figures": made.figures})
    proof = re.search(r'name="proof" value="([^"]+)"', page.content.decode())[1]
    assert client.post(path_of(other), {"proof": proof, "press": "answer", "answer": "accepted"}).status_code == 422
    monkeypatch.setattr(open_pages, "GOOD_FOR", -1)
    assert client.post(path_of(made), {"proof": proof, "press": "answer", "answer": "accepted"}).status_code == 422
    assert not Invitee.objects.filter(record=scene.record, reply__isnull=False).exists()


def test_behind_the_link_the_decisions_are_read_without_a_name_and_acknowledged_and_filed(scene):
    hold(scene)
    made = links.write_to(invitee=scene.who("police"), purpose=Link.ACKNOWLEDGE, by=scene.council.social_worker)
    assert [secret for secret in secrets_of(scene) if secret in message(made.link).message().as_string()] == []
    client = Client()
    page = client.post(path_of(made), {"figures": made.figures})
    said = words_of(page)
    assert "A section 47 enquiry starts" in said and "Jointly with the police" in said
    looked = Reading.objects.get(actor=f"link:{made.link.pk}")
    assert set(looked.people) == {scene.maya.pk, scene.leo.pk} and looked.request
    named = [str(scene.maya), str(scene.leo), "Adeyemi", "Grace", "Amadi", "aunt", "bruise", "Bruise", "Lantern", "Harbour"]
    assert [name for name in named if name in said] == []
    proof = re.search(r'name="proof" value="([^"]+)"', page.content.decode())[1]
    assert "It is kept that you have" in words_of(client.post(path_of(made), {"proof": proof, "press": "acknowledge"}))
    client.post(path_of(made), {"proof": proof, "press": "file", "number": "MSD/2231/26"})
    police = scene.who("police")
    assert (police.acknowledged_by, police.filed_as, police.filed_on) == (None, "MSD/2231/26", localdate())
    assert police.acknowledged_at is not None


def test_neither_proof_is_kept_where_it_could_be_read(scene):
    made = invited(scene)
    row = Link.objects.get(pk=made.link.pk)
    token = path_of(made).strip("/").removeprefix("m/")
    assert token not in str(row.__dict__) and made.figures not in str(row.__dict__)
    trail = " ".join(str(change.now) for change in Change.objects.filter(table="meeting_link"))
    assert token not in trail and made.figures not in trail


def test_the_job_sends_one_message_and_writes_down_that_the_server_took_it(scene):
    made = invited(scene)
    jobs.mail(link=made.link.pk)
    assert len(mail.outbox) == 1
    assert Link.objects.get(pk=made.link.pk).mailed_at is not None


def test_without_a_mail_server_the_text_to_copy_is_offered_and_nothing_is_said_to_be_sent(scene, monkeypatch):
    monkeypatch.setattr("goldthread.pathway.meeting.links.actions.has_mail_server", lambda: False)
    monkeypatch.setattr("goldthread.pathway.meeting.links.pages.has_mail_server", lambda: False)
    client = Client()
    client.force_login(scene.council.assessment_manager)
    address = f"/meeting/{scene.record.reference}/write/reply/"
    assert "No mail server is set." in words_of(client.get(address))
    page = words_of(client.post(address, {"invitee": [scene.who("health").reference]}))
    assert "nothing has been sent" in page and "/m/" in page and re.search(r"\d{3} \d{3}", page)
    assert Link.objects.get().by_hand
    assert "sent by hand" in words_of(client.get(f"/record/{scene.record.reference}/meeting/"))


def test_a_link_leads_to_where_the_product_was_reached_unless_a_setting_says_otherwise(scene, monkeypatch):
    made = links.write_to(
        invitee=scene.who("health"), purpose=Link.REPLY, by=scene.council.social_worker, base="https://goldthread.example"
    )
    assert link_address(made.link).startswith("https://goldthread.example/m/")
    monkeypatch.setattr("goldthread.pathway.meeting.links.mailing.settings.public_url", "https://partners.example")
    assert link_address(made.link).startswith("https://partners.example/m/")


def test_who_has_not_answered_is_asked_for_by_one_task_until_they_have(scene):
    nurse, police = scene.who("health"), scene.who("police")
    for one in (nurse, police):
        actions.invite(invitee=one, how="email_without_names", by=scene.council.social_worker, at=timezone.now() - timedelta(hours=3))
    jobs.chase()
    jobs.chase()
    task = Task.objects.get(record=scene.record, what__startswith="Ring who has not answered")
    assert "Ruth Amadi (School nurse)" in task.what and task.team == scene.council.assessment
    work = work_of(standing(scene.council.assessment_manager))
    assert {line.step for line in work.lines() if line.record == scene.record} == {"meeting", "chase"}, "not hidden under holding it"
    actions.reply(invitee=nurse, answer="accepted", by=None)
    task.refresh_from_db()
    assert task.done_at is None
    actions.reply(invitee=police, answer="declined", by=None)
    task.refresh_from_db()
    assert task.done_at is not None


def test_after_a_loss_nothing_is_sent_and_nobody_is_chased(scene):
    made = invited(scene)
    earlier = timezone.now() - timedelta(hours=5)
    Invitee.objects.filter(pk=made.link.invitee_id).update(invited_at=earlier)
    Person.objects.filter(pk__in=[scene.maya.pk, scene.leo.pk]).update(
        born_on=None, expected_on=localdate(), pregnancy_ended_on=localdate()
    )
    jobs.chase()
    jobs.mail(link=made.link.pk)
    assert not mail.outbox
    assert not Task.objects.filter(record=scene.record, what__startswith="Ring who").exists()


def test_wrong_tries_are_forgotten_after_a_day(scene):
    old = WrongTry.objects.create(address="192.0.2.7", at=timezone.now() - timedelta(days=2))
    new = WrongTry.objects.create(address="192.0.2.7", at=timezone.now())
    jobs.chase()
    assert not WrongTry.objects.filter(pk=old.pk).exists() and WrongTry.objects.filter(pk=new.pk).exists()


def test_a_reminder_goes_once_a_day_and_only_to_those_who_were_written_to(scene):
    made = invited(scene)
    jobs.mail(link=made.link.pk)
    two_days = timezone.now() - timedelta(days=2)
    Invitee.objects.filter(pk=made.link.invitee_id).update(invited_at=two_days)
    Link.objects.filter(pk=made.link.pk).update(mailed_at=two_days)
    jobs.mail(link=made.link.pk, again=True)
    assert "your answer is awaited" in mail.outbox[-1].body
    assert path_of(made) in mail.outbox[-1].body, "the same link, the same figures"


def test_who_has_not_acknowledged_is_asked_after_by_one_task_until_they_have(scene):
    hold(scene)
    for invitee in scene.record.invitees.all():
        actions.send_decisions(invitee=invitee, how="telephone", by=scene.council.social_worker, at=timezone.now() - timedelta(days=5))
    jobs.chase()
    task = Task.objects.get(record=scene.record, what__startswith="Ask who has not acknowledged")
    for invitee in scene.record.invitees.all():
        actions.acknowledge(invitee=invitee, by=scene.council.social_worker)
    task.refresh_from_db()
    assert task.done_at is not None


def test_somebody_signed_in_on_the_same_machine_does_not_stand_on_the_page_of_a_link(scene):
    client = Client()
    client.force_login(scene.council.assessment_manager)
    assert "Assessment Manager" not in client.get(path_of(invited(scene))).content.decode()
