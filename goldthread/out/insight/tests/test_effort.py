"""How long forms take is measured from save to save, of the form and of nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.bench.visits import contact_answers
from goldthread.core.agencies.actions import allocate
from goldthread.core.records.drafts import save_draft
from goldthread.core.records.models import Draft, Effort
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.out.insight.effort import costs, left, question_in
from goldthread.out.insight.effort_pages import form_words, in_minutes
from goldthread.pathway.actions import begin, complete, open_step
from goldthread.pathway.tests.people import child
from goldthread.practice.front_door.models import Contact

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def begun(council):
    """A contact about one child, whose form has just been opened."""
    one = child("Maya", localdate() - timedelta(days=3000))
    allocate(child=one.pk, team=council.assessment, worker=None, on=localdate())
    record = begin(Contact, children=[one.pk], by=council.screener)
    return record, open_step(record=record, step="record", by=council.screener), one


def typed(council, draft, after, answers, time_machine):
    time_machine.move_to(draft.begun_at + after, tick=False)
    draft = Draft.objects.get(pk=draft.pk)
    save_draft(draft=draft, revision=draft.revision, answers=answers, by=council.screener)
    return Draft.objects.get(pk=draft.pk)


def test_time_is_counted_from_save_to_save_and_a_pause_is_not(council, begun, time_machine):
    _, draft, _ = begun
    assert typed(council, draft, 1 * MINUTE, {"caller_words": "A"}, time_machine).active_seconds == 60
    assert typed(council, draft, 4 * MINUTE, {"caller_words": "A b"}, time_machine).active_seconds == 240
    assert typed(council, draft, 60 * MINUTE, {"caller_words": "A b c"}, time_machine).active_seconds == 240, "an hour away is not writing"
    assert typed(council, draft, 61 * MINUTE, {"caller_words": "A b c d"}, time_machine).active_seconds == 300


def test_a_completed_form_leaves_what_it_cost_and_nothing_of_anybody(council, begun, time_machine):
    record, draft, one = begun
    answers = contact_answers(one)
    typed(council, draft, 2 * MINUTE, answers, time_machine)
    time_machine.move_to(draft.begun_at + 3 * MINUTE, tick=False)
    complete(record=record, step="record", by=council.screener)
    cost = Effort.objects.get()
    assert (cost.kind, cost.step, cost.seconds) == (Contact.kind(), "record", 180)
    assert 0 < cost.answered <= cost.asked
    assert cost.known == len(draft.known) > 0, "the day stood there"
    assert {field.name for field in Effort._meta.get_fields()}.isdisjoint({"record", "author", "user", "worker", "child"})
    (line,) = costs(localdate(), localdate())
    assert (line.completed, line.half_within, line.measured) == (1, 180.0, 1)


def test_an_answer_that_stood_there_and_was_typed_over_is_counted(council, begun, time_machine):
    record, draft, one = begun
    day = next(name for name in draft.known if name.startswith("received_on"))
    yesterday = localdate() - timedelta(days=1)
    answers = contact_answers(one) | {
        "received_on-day": str(yesterday.day),
        "received_on-month": str(yesterday.month),
        "received_on-year": str(yesterday.year),
    }
    assert day.startswith("received_on")
    typed(council, draft, MINUTE, answers, time_machine)
    complete(record=record, step="record", by=council.screener)
    assert Effort.objects.get().changed >= 1


def test_a_form_completed_without_a_save_has_no_time(council, begun):
    record, _, one = begun
    complete(record=record, step="record", by=council.screener, raw=contact_answers(one))
    assert Effort.objects.get().seconds is None


def test_where_forms_are_left_is_said_by_the_question_answered_last(council, begun, time_machine):
    record, draft, one = begun
    typed(council, draft, MINUTE, {"caller_words": "He was seen with a bruise."}, time_machine)
    assert left() == []
    time_machine.move_to(timezone.now() + timedelta(days=15), tick=False)
    (found,) = left()
    assert (found.kind, found.step, found.drafts) == (Contact.kind(), "record", 1)
    assert found.question == question_in(Contact.kind(), "caller_words")
    assert found.question
    html = sound(signed_in(council.screener), "/dashboard/effort/")
    assert found.question in html
    html = sound(signed_in(council.screener), f"/dashboard/effort/left/?kind={found.kind}&step=record")
    assert record.reference in html and str(one) in html
    stranger = sound(signed_in(council.other_worker), f"/dashboard/effort/left/?kind={found.kind}&step=record")
    assert record.reference not in stranger and "1 is about children you have no reason to see" in stranger
    assert signed_in(council.screener).get("/dashboard/effort/left/?kind=nothing&step=record").status_code == 404


def test_times_and_forms_are_said_as_people_say_them():
    assert [in_minutes(one) for one in (None, 20, 720, 3900)] == ["n/a", "Under a minute", "12 min", "1 h 5 min"]
    assert form_words(Contact.kind(), "record") == "Contact: Record"
