"""What an outcome letter says, and the PDF it is: who reads what of a conference that was held."""

import io
from datetime import time, timedelta

import pytest
from django.utils.timezone import localdate
from pypdf import PdfReader

from goldthread.core.people.actions import describe
from goldthread.core.records.actions import take_off_child
from goldthread.core.records.models import Record
from goldthread.ground.audit.acting import acting
from goldthread.pathway.actions import begin
from goldthread.pathway.letters.actions import NotSo
from goldthread.pathway.meeting.actions import arrange
from goldthread.practice.protection.models import ReviewConference
from goldthread.practice.protection.tests.conferring import held
from goldthread.practice.protection.tests.lettering import INVITATION, OUTCOME, letters, words_in

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def conference():
    with acting(None, system="test"):
        yield letters()


def test_the_outcome_tells_each_of_their_own_child_and_how_to_disagree(conference):
    c = conference
    held(c.scene, c.record, [c.scene.maya])
    c.record.refresh_from_db()
    for person, children in ((c.grace, (c.scene.maya, c.scene.leo)), (c.fatou, (c.scene.maya,)), (c.daniel, (c.scene.leo,))):
        c.decide(OUTCOME, person, *children)
    grace, fatou, daniel = (c.read(OUTCOME, person)[0].words for person in (c.grace, c.fatou, c.daniel))
    assert "Maya Adeyemi has a child protection plan from now on. The reason for it is physical abuse." in grace
    assert "Leo Adeyemi: no child protection plan." in grace
    assert "Maya" in fatou and "Leo" not in fatou
    assert "Leo" in daniel and "Maya" not in daniel and "Another conference" not in daniel and f"{TODAY:%-d %B}" not in daniel
    assert "You were not in the room." in daniel and "heard" not in daniel, "nobody knows whether he said anything"
    for words in (grace, fatou, daniel):
        assert "complain" in words and "advocate" in words


def test_whoever_is_kept_out_is_promised_no_interpreter_at_the_conference(conference):
    c = conference
    describe(person=c.fatou, needs_interpreter=True, interpreter_language="fr")
    describe(person=c.daniel, needs_interpreter=True, interpreter_language="fr")
    c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30))
    c.decide(INVITATION, c.daniel, c.scene.leo, reach_us="Ring us.")
    fatou, daniel = (c.read(INVITATION, person)[0].words for person in (c.fatou, c.daniel))
    assert "We arrange for an interpreter who speaks French to be there for you." in fatou
    assert "Ask us for an interpreter who speaks French" in daniel and "there for you" not in daniel


def test_the_outcome_waits_for_the_conference_and_the_invitation_ends_with_it(conference):
    c = conference
    c.decide(OUTCOME, c.grace, c.scene.maya)
    with pytest.raises(NotSo, match="not been held"):
        c.read(OUTCOME, c.grace)
    held(c.scene, c.record, [c.scene.maya])
    c.record.refresh_from_db()
    c.decide(INVITATION, c.grace, c.scene.maya)
    with pytest.raises(NotSo, match="has been held"):
        c.read(INVITATION, c.grace)


def test_a_letter_is_an_accessible_pdf_whose_metadata_names_nobody(conference):
    c = conference
    c.decide(INVITATION, c.grace, c.scene.maya, c.scene.leo)
    made, pdf = c.read(INVITATION, c.grace)
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == f"Letter {made.page.reference}" and reader.metadata.author is None
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert "pdfuaid:part" in xmp and "Adeyemi" not in xmp and "CreateDate" not in xmp
    assert reader.metadata.creation_date is None


def test_names_of_many_scripts_stand_in_a_letter_and_one_that_cannot_is_refused(conference):
    from goldthread.core.documents.typeset import Block, CannotBeSet, Page, pdf_of

    page_of = lambda name: Page("abc", "Borough", "Children’s services", "1 May 2026", name, [], "Title", [Block("paragraph", f"“{name}”")])  # noqa: E731
    for name in ("Zażółć Łukasz", "محمد خان", "Юлія", "Ngọc Ánh", "Şükrü"):
        assert pdf_of(page_of(name))
    with pytest.raises(CannotBeSet, match="cannot be set"):
        pdf_of(page_of("李"))


def test_what_somebody_typed_never_becomes_a_command_of_the_typesetter(conference):
    c = conference
    c.decide(INVITATION, c.grace, c.scene.maya, own_words='#read("/etc/passwd") = *bold* $x$ \\ [link]')
    assert '#read("/etc/passwd") = *bold* $x$ \\ [link]' in " ".join(words_in(c.read(INVITATION, c.grace)[1]).split())


def test_the_outcome_names_the_day_that_each_childs_next_conference_is_arranged_for(conference):
    c = conference
    c.record = held(c.scene, c.record, [c.scene.maya, c.scene.leo])
    review = Record.objects.get(kind=ReviewConference.kind())
    both = TODAY + timedelta(days=60)
    arrange(record=review, planned_on=both)
    c.decide(OUTCOME, c.grace, c.scene.maya, c.scene.leo)
    assert f"looks at the plan again on {both:%A %-d %B %Y}." in c.read(OUTCOME, c.grace)[0].words
    take_off_child(record=review, child=c.scene.leo.pk, why="His is held with the half-sister’s.", by=c.worker)
    apart = begin(ReviewConference, children=[c.scene.leo.pk], by=c.worker, follows=c.record, is_ahead=True)
    arrange(record=apart, planned_on=both + timedelta(days=3))
    words = c.read(OUTCOME, c.grace)[0].words
    assert f"on {both:%A %-d %B %Y} for Maya Adeyemi and {both + timedelta(days=3):%A %-d %B %Y} for Leo Adeyemi." in words
