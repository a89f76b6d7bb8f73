"""Whatever the record says and whatever somebody types: what must not reach a person is not in their letter, nor about it."""

import re
from datetime import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from goldthread.core.documents.models import Sealed
from goldthread.core.people.actions import approve_merge, create_people, propose_merge, raise_alert, record_death, set_contact_point
from goldthread.core.people.facts import Name, NewPerson, Reach
from goldthread.core.people.models import Address
from goldthread.core.records.models import RecordChild
from goldthread.ground.access.models import Restriction
from goldthread.ground.audit.acting import acting
from goldthread.pathway.letters import declared
from goldthread.pathway.letters.actions import NotSo
from goldthread.pathway.letters.composing import has_secrets, may_be_told_of
from goldthread.pathway.letters.declared import LetterKind, read_words, register
from goldthread.pathway.meeting.actions import arrange
from goldthread.practice.front_door.tests.calls import TODAY, signed_in
from goldthread.practice.protection.letters import facts
from goldthread.practice.protection.tests.conferring import held
from goldthread.practice.protection.tests.lettering import INVITATION, OUTCOME, letters, live_in_confidence, words_in

pytestmark = pytest.mark.django_db
HIDDEN = [
    "14 Larch Close",
    "HW9 4TT",
    "Loomgate School",
    "Ruth Amadi",
    "Hallowmere School Nursing",
    "07700 900111",
    "Grace",
    "Grace Adeyemi",
]
FATOUS, DANIELS = ["07700 900222", "Fatou Sarr", "Fatou"], ["07700 900333", "Daniel Quist", "Quist", "Daniel"]
HOWTO = Path(__file__).parents[4] / "docs" / "how-to" / "add-a-letter.md"


def stands_in(secret: str, words: str) -> bool:
    """However it is spaced or written in capitals."""
    return re.search(r"\b" + r"[\s,.]*".join(map(re.escape, secret.split())) + r"\b", words, re.IGNORECASE) is not None


def written(secrets: list[str]) -> some.SearchStrategy[str]:
    """A sentence with one of these in it, however it is spaced or written in capitals; or none."""
    as_typed = [str.upper, str.lower, str, lambda said: said.replace(" ", "  "), lambda said: said.replace(" ", ", ")]
    one = some.builds(lambda said, typed: typed(said), some.sampled_from(secrets), some.sampled_from(as_typed))
    return some.one_of(some.just("Please ring us first."), one.map(lambda said: f"Come past {said}, please."))


@pytest.fixture
def conference():
    with acting(None, system="test"):
        found = letters()
        live_in_confidence(found.grace, found.scene.maya, found.scene.leo)
        yield found


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=some.data())
def test_whatever_is_written_no_letter_tells_what_its_reader_must_not_know(conference, data):
    c = conference
    arrange(
        record=c.record,
        planned_on=TODAY,
        planned_at=time(10, 0),
        how="in_person",
        joining=data.draw(written(HIDDEN)),
        chair=c.record.arrangement.chair,
    )
    for person, child, secrets in (
        (c.fatou, c.scene.maya, [*HIDDEN, *DANIELS, "Leo"]),
        (c.daniel, c.scene.leo, [*HIDDEN, *FATOUS, "Maya", "10:00"]),
    ):
        own = {name: data.draw(written(secrets)) for name in ("own_words", "come_to", "reach_us")}
        try:
            c.decide(INVITATION, person, child, own_time=time(14, 30), **own)
            made, pdf = c.read(INVITATION, person)
        except NotSo:
            continue
        found = words_in(pdf)
        assert [secret for secret in secrets if stands_in(secret, made.words)] == []
        assert [secret for secret in secrets if len(secret) > 8 and stands_in(secret, found)] == []


def test_an_outcome_says_nothing_of_what_was_heard_or_why(conference):
    """The chair's reasons, the confidential part, what others said: no letter has them, whoever wrote what in them."""
    c = conference
    held(c.scene, c.record, [c.scene.maya], heard="SECRET-1", in_confidence="SECRET-2", good="SECRET-3", lead="SECRET-4")
    c.record.refresh_from_db()
    for person, children in ((c.grace, (c.scene.maya, c.scene.leo)), (c.fatou, (c.scene.maya,)), (c.daniel, (c.scene.leo,))):
        c.decide(OUTCOME, person, *children)
        found = words_in(c.read(OUTCOME, person)[1])
        assert "SECRET" not in found and "wants to go home" not in found and "lives with" not in found and "Larch" not in found


def test_the_file_of_a_letter_is_named_after_nobody(conference):
    c = conference
    c.decide(INVITATION, c.grace, c.scene.maya)
    answer = signed_in(c.worker).get(f"/letters/{c.record.reference}/{INVITATION}/{c.grace.reference}/read/")
    assert answer.status_code == 200 and re.fullmatch(r'inline; filename="letter-[2-9a-z]{10}\.pdf"', answer["Content-Disposition"])


def test_a_town_of_the_councils_own_name_is_no_secret(conference):
    c = conference
    Address.objects.filter(line1="14 Larch Close").update(line2="Children’s services")
    c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30))
    assert c.read(INVITATION, c.fatou)[1]


@pytest.fixture
def followed(tmp_path, monkeypatch):
    """The how-to, followed to the letter: its class and its words."""
    python, words = (re.search(rf"```{language}\n(.*?)```", HOWTO.read_text(), re.S)[1] for language in ("python", "text"))
    unindented = [re.sub(r"(?m)^   ", "", part) for part in (python, words)]
    (tmp_path / "core_group_day.txt").write_text(unindented[1])
    monkeypatch.setattr(declared, "_kinds", dict(declared._kinds))
    monkeypatch.setattr(declared, "_words", dict(declared._words))
    exec(unindented[0], {"__file__": str(tmp_path / "core_group_day.py"), "Path": Path, "__name__": "howto"})


def test_the_how_to_makes_a_letter_that_goes(conference, followed):
    c = conference
    held(c.scene, c.record, [c.scene.maya])
    c.record.refresh_from_db()
    c.decide("core_group_day", c.fatou, c.scene.maya)
    c.decide("core_group_day", c.daniel, c.scene.leo)
    fatou, daniel = (c.read("core_group_day", person)[0].words for person in (c.fatou, c.daniel))
    assert "This is about the plan for Maya Adeyemi. The people who carry out the plan meet first on" in fatou
    assert "Your social worker tells you how the plan is carried out." in daniel and "Leo" not in daniel


def test_words_that_use_a_fact_their_reader_may_not_have_stop_the_product_from_starting(tmp_path):
    (tmp_path / "leaky.txt").write_text("# A title\n\n@ excluded\nCome on {day}.\n")

    with pytest.raises(ValueError, match="“excluded” may not have day"):

        @register
        class Leaky(LetterKind):
            name, title, of = "leaky", "Leaky", object
            words = tmp_path / "leaky.txt"
            facts = {"day": facts.day}
            allowed = {"excluded": ()}
            needed = {}


def test_a_kind_that_does_not_say_whom_it_may_go_to_is_refused_at_the_start(tmp_path):
    (tmp_path / "nobody.txt").write_text("# A title\n\n@ excluded\nWords.\n")
    with pytest.raises(TypeError, match="nobodys: `recipients` must say"):

        @register
        class Nobodys(LetterKind):
            name, title, of = "nobodys", "Nobody’s", object
            words = tmp_path / "nobody.txt"
            facts, needed = {}, {}
            allowed = {"excluded": ()}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"needed": {"excluded": {"day": "No day."}}}, "`needed`: “excluded” may not have day"),
        ({"needed": {"exluded": {"them": "Nobody."}}}, "`needed`: nobody is “exluded”"),
        ({"asks": {"exluded": ("own_words",)}}, "`asks`: nobody is “exluded”"),
        ({"asks": {"excluded": ("own_word",)}}, "`asks`: nothing is called own_word"),
    ],
)
def test_what_is_needed_or_asked_for_a_letter_is_known_or_the_product_does_not_start(tmp_path, said, problem):
    (tmp_path / "odd.txt").write_text("# A title\n\n@ excluded\nAbout {them}.\n")
    declared_so = {
        "name": "odd",
        "title": "Odd",
        "of": object,
        "words": tmp_path / "odd.txt",
        "facts": {"day": facts.day, "them": facts.them},
    }
    with pytest.raises(ValueError, match=problem):
        register(type("Odd", (LetterKind,), declared_so | {"allowed": {"excluded": ("them",)}, "needed": {}} | said))


def test_a_paragraph_for_somebody_nobody_knows_is_refused(tmp_path):
    (tmp_path / "odd.txt").write_text("# A title\n\n@ excludd\nWords.\n")
    with pytest.raises(ValueError, match="nobody is “excludd”"):
        read_words(tmp_path / "odd.txt", ["excluded"])


def merged_into(kept, duplicate, council):
    approve_merge(
        merge=propose_merge(kept=kept, duplicate=duplicate, reason="Same person", by=council.social_worker), by=council.assessment_manager
    )


def test_what_was_written_down_on_a_duplicate_before_two_were_merged_is_kept_from_the_letter():
    """Grace was taken down twice; the refuge, her number and the name she is known by stand on the other row."""
    with acting(None, system="test"):
        c = letters()
        (twice,) = create_people(people=[NewPerson([Name("Gigi", "Marlowe")], personal={"recorded_as_adult": True})])
        live_in_confidence(twice)
        set_contact_point(person=twice, reach=Reach(kind="phone", value="07700 900444", is_safe=True))
        merged_into(c.grace, twice, c.scene.council)
        for said in (
            "You find her at 14 Larch Close",
            "in larch close",
            "Ring +447700900444",
            "Gigi says so",
            "It is about the Marlowe family",
        ):
            with pytest.raises(NotSo, match="must not stand in this letter"):
                c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30), own_words=said)
        c.decide(INVITATION, c.fatou, c.scene.maya, own_time=time(14, 30), come_to="Room 7, Mereside House")
        made, _ = c.read(INVITATION, c.fatou)
    assert (
        "Room 7" not in made.words and "We tell you ourselves where to come" in made.words and "the number you already have" in made.words
    )


def test_a_warning_on_a_duplicate_that_an_address_must_not_be_known_hides_the_place():
    with acting(None, system="test"):
        c = letters()
        (twice,) = create_people(people=[NewPerson([Name("Gigi", "Marlowe")], personal={"recorded_as_adult": True})])
        raise_alert(person=twice, kind="must_not_know_address", what="Daniel must not learn where she lives", about_whom="Daniel")
        merged_into(c.grace, twice, c.scene.council)
        assert has_secrets([c.grace], TODAY)


def test_a_loss_written_down_on_the_row_that_was_kept_stops_letters_about_the_duplicate():
    """Leo is in the conference by a row that was merged into another since; he dies, and it is written down on that other."""
    with acting(None, system="test"):
        c = letters()
        letter = c.sealed(INVITATION, c.grace, c.scene.leo)
        kept = create_people(people=[NewPerson([Name("Leonard", "Adeyemi")], personal={"born_on": c.scene.leo.born_on})])[0]
        merged_into(kept, c.scene.leo, c.scene.council)
        record_death(person=kept, died_on=TODAY)
        letter.refresh_from_db()
        assert letter.stopped_at and "has died" in letter.stopped_why
        assert dict(may_be_told_of(c.grace, [c.scene.leo]))[c.scene.leo] == "Letters about this child have stopped."
        with pytest.raises(NotSo, match="cannot tell"):
            c.decide(INVITATION, c.grace, c.scene.leo)


def test_the_database_keeps_a_sealed_letter_about_a_restricted_child_from_a_user():
    with acting(None, system="test"):
        c = letters()
        c.sealed(INVITATION, c.grace, c.scene.leo)
        reader = c.scene.council.other_worker
        with acting(reader):
            assert Sealed.objects.count() == 1
        about = RecordChild.objects.filter(record=Sealed.objects.get().letter.record, removed_at=None).first()
        Restriction.objects.create(person=about.child_id, why="Staff family", lead_name="Lead", lead_phone="1", set_by=reader)
        with acting(reader):
            assert Sealed.objects.count() == 0
