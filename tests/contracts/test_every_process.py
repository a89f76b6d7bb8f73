"""What every declared process keeps, asked of all of them: a new one inherits these by being declared."""

import json
import re
from typing import Any

import html5lib
import pytest
from django.test import Client

from goldthread.core.records.models import Draft, FairCopy, Record
from goldthread.ground.access.actions import declare_conflict, restrict
from goldthread.ground.audit.models import Change, Reading
from goldthread.pathway.fair_copy import content_of, seal
from goldthread.pathway.queries import load_answers
from goldthread.pathway.registry import definitions
from tests.contracts.answering import NEVER_TO_FAMILY, a_family, answers_for, needed_inputs, up_to

pytestmark = pytest.mark.django_db

WRITTEN = [definition for definition in definitions().values() if definition.is_written_here]
STEPS = [pytest.param(definition, step.name, id=f"{definition.kind()}-{step.name}") for definition in WRITTEN for step in definition.steps]


@pytest.fixture
def family(council):
    return a_family()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def writer(council: Any, definition: Any, step: str) -> Any:
    """Someone who may do the step: a manager at the front door, who sees every child."""
    return council.front_door_manager if definition.step(step).by_manager else council.screener


def waiting(definition: Any, step: str, council: Any, family: Any) -> Record:
    return up_to(definition, step, children=[family[0].pk, family[1].pk], by=council.screener)


def address(record: Record, step: str = "") -> str:
    return f"/record/{record.reference}/{step}/" if step else f"/record/{record.reference}/"


def posted(client: Client, record: Record, step: str, raw: dict[str, Any], press: str) -> Any:
    revision = Draft.objects.filter(record=record, step=step).values_list("revision", flat=True).first() or 0
    form = {name: value for name, value in raw.items() if value is not None}
    return client.post(address(record, step), {**form, "revision": revision, "press": press})


def strict(html: str) -> None:
    """HTML without a parse error, each id once, one h1, the title beginning with it."""
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    (h1,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    (title,) = re.findall(r"<title>(.*?)</title>", html, re.S)
    words = re.sub(r"<[^>]+>", "", re.sub(r'<span class="gt-caption">.*?</span>', "", h1, flags=re.S)).strip()
    assert words.split("\n")[0] in title


def without_the_time(answer: Any, reference: str) -> str:
    """The page as it is but for the address asked for and the minute it was drawn."""
    return re.sub(r"(datetime=\"[^\"]+\"|As at \d\d:\d\d|>\d\d:\d\d)", "", answer.content.decode().replace(reference, ""))


@pytest.mark.parametrize(("definition", "step"), STEPS)
def test_the_page_draws_every_question_of_its_step(definition, step, council, family):
    record = waiting(definition, step, council, family)
    page = signed_in(writer(council, definition, step)).get(address(record, step))
    assert page.status_code == 200
    html = page.content.decode()
    strict(html)
    for name, first_box in needed_inputs(definition, record, step):
        assert f'name="{first_box}"' in html, name


@pytest.mark.parametrize(("definition", "step"), STEPS)
def test_a_draft_keeps_half_of_an_answer(definition, step, council, family):
    record = waiting(definition, step, council, family)
    client = signed_in(writer(council, definition, step))
    client.get(address(record, step))
    name, box = needed_inputs(definition, record, step)[0]
    saved = client.post(
        f"{address(record, step)}draft", json.dumps({"revision": 0, "answers": {box: "12/3/"}}), content_type="application/json"
    )
    assert saved.status_code == 200, saved.content
    assert Draft.objects.get(record=record, step=step).answers[box] == "12/3/", name


@pytest.mark.parametrize(("definition", "step"), STEPS)
def test_each_needed_answer_is_refused_when_missing_in_the_same_words_on_page_and_api(definition, step, council, family):
    record = waiting(definition, step, council, family)
    client = signed_in(writer(council, definition, step))
    client.get(address(record, step))
    page = posted(client, record, step, dict.fromkeys(answers_for(definition, record, step), ""), "complete")
    assert page.status_code == 422
    room, _, kind = definition.kind().partition(".")
    Draft.objects.filter(record=record).update(answers={})
    answer = client.post(f"/api/{room}/{kind}/{record.reference}/{step}", "{}", content_type="application/json")
    assert answer.status_code == 422
    told = {problem["name"]: problem["words"] for problem in answer.json()["problems"]}
    shown = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    words = " ".join("".join(shown.itertext()).split())
    assert told
    for sentence in told.values():
        assert sentence in words


@pytest.mark.parametrize(("definition", "step"), STEPS)
def test_leaving_out_one_needed_answer_names_that_one_and_keeps_the_rest(definition, step, council, family):
    record = waiting(definition, step, council, family)
    client = signed_in(writer(council, definition, step))
    for name, box in needed_inputs(definition, record, step):
        client.get(address(record, step))
        raw = answers_for(definition, record, step, leave_out=name)
        page = posted(client, record, step, raw | {box: ""}, "complete")
        record.refresh_from_db()
        if page.status_code != 422:  # the missing answer was the one that called for others: it is not needed on its own
            pytest.fail(f"{name} was not missed")
        kept = Draft.objects.get(record=record, step=step).answers
        assert all(kept[key] == value for key, value in raw.items() if value is not None)


@pytest.mark.parametrize(("definition", "step"), STEPS)
def test_completing_writes_a_fair_copy_that_says_what_the_columns_say_and_is_in_the_trail(definition, step, council, family):
    record = waiting(definition, step, council, family)
    user = writer(council, definition, step)
    client = signed_in(user)
    client.get(address(record, step))
    done = posted(client, record, step, answers_for(definition, record, step), "complete")
    assert done.status_code == 302, done.content.decode()
    copy = FairCopy.objects.filter(record=record).latest("version")
    assert copy.content == content_of(load_answers(definition, record), step, definition.further(record))
    assert copy.sha256 == seal(copy.content)
    assert Change.objects.filter(table=definition._meta.db_table, row=record.pk, actor=f"user:{user.pk}").exists()
    assert Reading.objects.filter(user_id=user.pk, people__contains=[family[0].pk]).exists()


@pytest.mark.parametrize("definition", WRITTEN, ids=lambda d: d.kind())
def test_a_worker_with_no_reason_gets_the_page_that_does_not_exist(definition, council, family):
    record = waiting(definition, definition.steps[0].name, council, family)
    client = signed_in(council.other_worker)
    room, _, kind = definition.kind().partition(".")
    absent = client.get("/record/abcdefghjk/")
    for answer in (client.get(address(record)), client.get(address(record, definition.steps[0].name))):
        assert answer.status_code == 404
        assert without_the_time(answer, record.reference) == without_the_time(absent, "abcdefghjk")
    assert client.get(f"/api/records/{record.reference}").status_code == 404
    assert (
        client.post(f"/api/{room}/{kind}/{record.reference}/{definition.steps[0].name}", "{}", content_type="application/json").status_code
        == 404
    )


@pytest.mark.parametrize("definition", WRITTEN, ids=lambda d: d.kind())
def test_a_restricted_childs_record_is_absent(definition, council, family):
    record = waiting(definition, definition.steps[0].name, council, family)
    restrict(
        person=family[0 if definition.is_of_one_child else 1].pk,
        why="A worker’s niece",
        lead_name="Ruth Lamb",
        lead_phone="020 7946 0100",
        by=council.screener,
    )
    client = signed_in(council.screener)
    assert client.get(address(record)).status_code == 404
    assert client.get(f"/api/records/{record.reference}").status_code == 404
    assert not Record.objects.filter(pk=record.pk).seen_by(council.screener).exists()


@pytest.mark.parametrize("definition", WRITTEN, ids=lambda d: d.kind())
def test_a_record_of_a_family_that_the_worker_knows_is_absent(definition, council, family):
    record = waiting(definition, definition.steps[0].name, council, family)
    declare_conflict(user=council.screener, person=family[0 if definition.is_of_one_child else 1].pk, why="Neighbours", by=council.screener)
    client = signed_in(council.screener)
    assert client.get(address(record)).status_code == 404
    assert client.get(f"/api/records/{record.reference}").status_code == 404
    assert not Record.objects.filter(pk=record.pk).seen_by(council.screener).exists()


@pytest.mark.parametrize("definition", WRITTEN, ids=lambda d: d.kind())
def test_it_prints_as_it_was_written_with_each_childs_part_apart(definition, council, family):
    last = definition.steps[-1].name
    record = waiting(definition, last, council, family)
    client = signed_in(writer(council, definition, last))
    client.get(address(record, last))
    posted(client, record, last, answers_for(definition, record, last), "complete")
    page = client.get(address(record), {"print": "1"})
    assert page.status_code == 200
    html = page.content.decode()
    strict(html)
    content = FairCopy.objects.filter(record=record).latest("version").content
    for line in [*content["shared"], *(line for part in content.get("further", []) for line in part["lines"])]:
        assert (line["asked"] in html) is not line.get("is_kept_from_family", False)
    assert NEVER_TO_FAMILY not in html


@pytest.mark.parametrize("definition", WRITTEN, ids=lambda d: d.kind())
def test_it_is_described(definition):
    assert definition.__doc__
    assert definition.title and definition.plural and definition.purpose
    for asked_of in (definition, *definition.parts()):
        for question in asked_of.questions():
            assert question.words, f"{asked_of.__name__}.{question.name} has no words"
