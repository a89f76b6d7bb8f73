"""What a plan says: needs one after another, versions, visits in its own time, and copies that keep parents apart."""

from datetime import timedelta

import pytest

from goldthread.core.people.actions import move_to_address
from goldthread.core.people.facts import Place
from goldthread.core.records.actions import take_off_child
from goldthread.core.records.models import Record
from goldthread.core.sharing.models import Share
from goldthread.core.work.models import OPEN, Clock, Task
from goldthread.ground.audit.models import Reading
from goldthread.pathway.actions import Incomplete, complete, correct, retyped
from goldthread.pathway.importing import Imported, import_many
from goldthread.pathway.meeting.tests.a_meeting import day as typed_day
from goldthread.pathway.plans.actions import begin_version
from goldthread.pathway.plans.comparing import changes_between, readings
from goldthread.pathway.queries import load_answers
from goldthread.practice.front_door.tests.calls import page, part, signed_in
from goldthread.practice.protection.actions import end_plan, ready_words
from goldthread.practice.protection.copies import copy_for
from goldthread.practice.protection.protection_plan import ProtectionPlan
from goldthread.practice.protection.tests.walking import (
    TODAY,
    ago,
    made,
    need,
    not_seen,
    on_a_plan,
    parent,
    plan_for,
    seen,
    visit,
    working_days,
    written,
)  # fmt: skip
from goldthread.practice.protection.written_plan import WrittenPlan, WrittenPlanNeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(council, family):
    """Maya and Leo on a plan for thirty days, its words agreed; Maya's father may have a copy."""
    maya, leo, mother, fatou, daniel = family
    on_a_plan(council, maya, leo, since=ago(30))
    typed = plan_for(maya, leo, parents=(mother, fatou, daniel), on=ago(30))
    typed |= need(2, (maya,), worry="Maya is hit when Fatou drinks") | need(3, (leo,), worry="Leo sees Daniel in the street")
    return written(council, (maya, leo), typed)


def all_of(copy):
    return " ".join(words for block in copy.blocks for _, words in block.lines)


def open_clock(child):
    return Clock.objects.get(OPEN, key="visit.cp", child=child)


def test_when_a_plan_begins_its_words_stand_ready_in_time_for_the_first_core_group(council, family):
    maya, leo, *_ = family
    on_a_plan(council, maya, leo, since=ago(3))
    task = Task.objects.get(Task.OPEN, record__kind="protection.written_plan")
    assert (task.due_on, task.worker.name) == (working_days(ago(3), 10), "Social Worker")
    assert task.record.drafts.get().answers[f"child-{maya.reference}-visit_within"] == "10"


def test_a_place_among_the_needs_that_is_left_empty_asks_for_nothing_and_one_half_filled_asks_for_the_rest(council, family):
    maya, _, mother, *_ = family
    on_a_plan(council, maya, since=ago(3))
    with pytest.raises(Incomplete) as refused:
        written(council, (maya,), plan_for(maya, parents=(mother, family[3])) | {"need-3-worry": "There is no food"})
    assert {problem.name for problem in refused.value.problems} == {
        "need-3-must_change", "need-3-how_we_know", "need-3-who_helps", "need-3-by_on-day", "need-3-if_not",
    }  # fmt: skip
    assert refused.value.problems[0].words.startswith("Need 3: ")


def test_a_plan_without_a_need_is_none(council, family):
    maya, _, mother, fatou, _ = family
    on_a_plan(council, maya, since=ago(3))
    empty = dict.fromkeys(need(1), "")
    with pytest.raises(Incomplete, match="Need 1"):
        written(council, (maya,), plan_for(maya, parents=(mother, fatou)) | empty)


def test_the_needs_are_rows_and_stand_in_the_copy_that_is_evidence(planned):
    assert list(WrittenPlanNeed.objects.filter(record=planned).order_by("slot").values_list("slot", flat=True)) == [1, 2, 3]
    names = [one["name"] for one in planned.fair_copies.get().content["each"] if one["part"] == "need"]
    assert names == ["Need 1", "Need 2", "Need 3"]


def test_from_the_day_it_is_agreed_visits_fall_due_in_the_plans_own_time(council, family):
    (
        maya,
        *_,
    ) = family
    on_a_plan(council, maya, since=ago(6))
    visit(council, [maya], made(ago(2), seen(maya)))
    written(council, (maya,), plan_for(maya, parents=(family[2], family[3]), within="5"))
    clock = open_clock(maya)
    assert (clock.started_on, clock.limit_set, clock.due_on) == (ago(2), 5, working_days(ago(2), 5))
    task = Task.objects.get(Task.OPEN, record__kind="protection.protection_visit")
    assert (task.due_on, task.clock) == (clock.due_on, clock)


def test_whatever_is_written_down_late_visits_are_due_in_the_time_of_the_version_in_force(council, family, planned):
    maya, leo, *_ = family
    later = begin_version(before=planned, children=[maya, leo], by=council.social_worker)
    typed = plan_for(maya, leo, on=ago(5), within="3", made_at="core_group", what_changed="Seen more often")
    complete(record=later, step="write", by=council.social_worker, raw=typed)
    assert open_clock(maya).limit_set == 3
    visit(council, [maya], made(ago(10), seen(maya), not_seen(leo)))
    assert (open_clock(maya).limit_set, open_clock(maya).due_on) == (3, working_days(ago(10), 3))
    assert open_clock(leo).started_on == ago(30)


def test_a_plan_that_leaves_a_child_unseen_for_months_is_refused(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(3))
    with pytest.raises(Incomplete, match="at most 30 working days apart"):
        written(council, (maya,), plan_for(maya, parents=(family[2], family[3]), within="90"))


def test_a_plan_is_not_corrected_to_leave_a_child_unseen_for_months(council, family, planned):
    raw = retyped(load_answers(WrittenPlan, planned), "write") | part(family[0], visit_within="90")
    with pytest.raises(Incomplete, match="at most 30 working days apart"):
        correct(record=planned, step="write", by=council.social_worker, raw=raw, why="They asked for it.")


def test_a_need_of_a_child_who_left_is_not_in_the_next_version_and_the_others_close_up(council, family, planned):
    _, leo, *_ = family
    later = begin_version(before=planned, children=[leo], by=council.social_worker)
    typed = later.drafts.get().answers
    assert typed["need-1-worry"].startswith("Worry 1") and typed["need-2-worry"] == "Leo sees Daniel in the street"
    assert "need-3-worry" not in typed and "Maya is hit" not in str(typed)


def test_a_need_about_nobody_who_is_left_is_never_said_to_be_about_all_of_them(planned):
    WrittenPlanNeed.objects.filter(record=planned, slot=2).update(about=["gonegonego"])
    sheet = next(one for one in load_answers(WrittenPlan, planned).each if one.slot == 2)
    assert WrittenPlanNeed._meta.get_field("about").shown_in(sheet.values["about"], sheet) == "None of the children it is about now"


def test_a_new_version_begins_with_what_the_last_one_says_and_asks_anew_only_when_where_and_what_changed(council, family, planned):
    maya, leo, *_ = family
    later = begin_version(before=planned, children=[maya, leo], by=council.social_worker)
    typed = later.drafts.get().answers
    assert typed["need-2-worry"] == "Maya is hit when Fatou drinks"
    assert typed["need-2-about"] == [maya.reference]
    assert "made_at" not in typed and "what_changed" not in typed
    assert typed["written_on-day"] == str(TODAY.day)
    assert later.follows == planned


def test_a_child_who_left_the_plan_is_not_in_its_next_version(council, family, planned):
    maya, leo, *_ = family
    end_plan(child=leo.pk, on=TODAY, how="review", why="Leo is safe", by=council.assessment_manager)
    manager = signed_in(council.social_worker)
    fresh = manager.post(f"/plan/{planned.reference}/new-version/")
    later = Record.objects.get(reference=fresh["Location"].split("/")[2])
    assert [link.child_id for link in later.children.all()] == [maya.pk]
    assert not any(leo.reference in name for name in later.drafts.get().answers if name.startswith("child-"))


def test_what_changed_is_shown_beside_what_it_was_and_the_old_version_stays_readable(council, family, planned):
    maya, leo, *_ = family
    later = begin_version(before=planned, children=[maya, leo], by=council.social_worker)
    complete(
        record=later,
        step="write",
        by=council.social_worker,
        raw={"made_at": "core_group", "what_changed": "A lock", "need-1-if_not": "We go to court"},
    )
    shown = page(signed_in(council.social_worker).get(f"/record/{later.reference}/"))
    assert "What changed since" in shown and "We meet that day and ask for legal advice" in shown and "We go to court" in shown
    changed = changes_between(planned.fair_copies.get().content, later.fair_copies.get().content)
    assert [(one.where, one.asked) for one in changed if one.where] == [("Need 1", "What happens if it does not change?")]
    assert "Worry 1" in page(signed_in(council.social_worker).get(f"/record/{planned.reference}/"))


def test_each_parent_gets_their_own_part_and_no_other_parents(family, planned):
    _, _, mother, fatou, daniel = family
    for own in (mother, fatou, daniel):
        words = all_of(copy_for(planned, own))
        assert f"private to {own}" in words
        assert not any(f"private to {other}" in words for other in (mother, fatou, daniel) if other is not own)


def test_a_half_siblings_father_gets_his_own_child_and_nothing_of_the_other(family, planned):
    _, leo, mother, _, daniel = family
    words, heading = all_of(copy_for(planned, daniel)), copy_for(planned, daniel)
    assert [child.pk for child in heading.children] == [leo.pk]
    assert "Maya" not in words and "Fatou" not in words and "Worry 1" not in words
    assert "Leo sees Daniel in the street" in words
    assert any("Need 2" in line for line in heading.left_out)
    everything = all_of(copy_for(planned, mother))
    assert "Maya is hit" in everything and "Leo sees" in everything and "Worry 1" in everything


def test_one_childs_copy_holds_that_child_alone(family, planned):
    _, leo, mother, *_ = family
    words = all_of(copy_for(planned, mother, leo))
    assert "Leo sees" in words and "Maya" not in words


def test_a_parent_of_whom_it_was_decided_that_they_get_no_copy_gets_none(council, family):
    maya, _, mother, fatou, daniel = family
    on_a_plan(council, maya, since=ago(3))
    typed = plan_for(maya, parents=(mother,)) | parent(fatou, gets_copy="no", why_no_copy="It would tell him where they live")
    record = written(council, (maya,), typed)
    client = signed_in(council.social_worker)
    refused = client.get(f"/plan/{record.reference}/copy/{fatou.reference}/")
    assert refused.status_code == 200 and "It would tell him where they live" in page(refused)
    assert Reading.objects.filter(act="print", what=f"record {record.reference}", user_id=council.social_worker.pk).exists()
    assert client.get(f"/plan/{record.reference}/copy/{daniel.reference}/").status_code == 404, "no parent of Maya"
    assert client.get(f"/plan/{record.reference}/copy/{mother.reference}/").status_code == 200


def test_a_confidential_address_is_in_nobodys_copy(council, family):
    maya, _, mother, fatou, _ = family
    place = Place("14 Larch Close", None, "Hallowmere", "HW9 4TT")
    move_to_address(people=[mother], place=place, from_on=ago(90), is_confidential=True, confidential_reason="A refuge")
    on_a_plan(council, maya, since=ago(3))
    typed = plan_for(maya, parents=(mother, fatou)) | need(1, who_helps="The nurse visits 14 larch close, HW94TT, each week")
    record = written(council, (maya,), typed)
    shown = page(signed_in(council.social_worker).get(f"/plan/{record.reference}/copy/{fatou.reference}/"))
    assert "arch" not in shown.lower().replace("search", "") and "HW9" not in shown
    assert "[withheld]" in shown


def test_a_worker_with_no_reason_gets_no_copy(council, family, planned):
    assert signed_in(council.other_worker).get(f"/plan/{planned.reference}/copy/{family[2].reference}/").status_code == 404


def test_how_it_reads_is_said_on_save_and_never_stops_anyone(council, family):
    maya, _, mother, fatou, _ = family
    on_a_plan(council, maya, since=ago(3))
    hard = "The multi-agency network will facilitate implementation of comprehensive parental capacity interventions for the statutory duration"
    record = written(council, (maya,), plan_for(maya, parents=(mother, fatou)) | need(1, must_change=hard))
    said = readings(WrittenPlan, record.fair_copies.get().content)
    assert said[0].said.startswith("Reading age about") and any(one.where == "Need 1" for one in said)
    assert "How it reads to a family" in page(signed_in(council.social_worker).get(f"/record/{record.reference}/"))


def test_as_it_is_typed_each_save_says_how_it_reads(council, family):
    maya, *_ = family
    on_a_plan(council, maya, since=ago(3))
    record = Record.objects.get(kind="protection.written_plan")
    client = signed_in(council.social_worker)
    client.get(f"/record/{record.reference}/write/")
    body = {
        "revision": record.drafts.get().revision,
        "answers": {"need-1-worry": "There is shouting at night and the children are afraid.", "lead": "Sam"},
    }
    saved = client.post(f"/record/{record.reference}/write/draft", body, content_type="application/json").json()
    assert set(saved["reading"]) == {"need-1-worry"}
    assert saved["reading"]["need-1-worry"].startswith("Reading age about")


def test_an_imported_plans_visits_begin_with_its_first_words(council, family):
    maya, _, mother, fatou, _ = family
    values = {"started_on": ago(90), "ended_on": None, "initial_category": "NEG", "latest_category": "NEG", "previous_plans": 0}
    import_many([Imported(ProtectionPlan, maya.pk, ago(90), values, 7, "f" * 64)])
    period = Record.objects.get(kind="protection.protection_plan")
    assert not Clock.objects.filter(key="visit.cp").exists()
    ready_words([maya], by=council.social_worker, follows=period, due_on=TODAY + timedelta(days=5))
    written(council, (maya,), plan_for(maya, parents=(mother, fatou), on=ago(1), within="7"))
    assert (open_clock(maya).started_on, open_clock(maya).limit_set) == (ago(1), 7)


def test_two_plans_an_import_tells_of_at_once_are_both_kept_and_one_stands(council, family):
    values = {"ended_on": None, "initial_category": "NEG", "latest_category": "NEG", "previous_plans": 0}
    rows = [Imported(ProtectionPlan, family[0].pk, ago(n), {"started_on": ago(n)} | values, n, f"{n:064}") for n in (90, 30)]
    import_many(rows)
    assert list(ProtectionPlan.objects.order_by("started_on").values_list("stands", flat=True)) == [True, False]


def test_words_said_of_one_child_are_never_anothers(council, family):
    maya, leo, mother, fatou, daniel = family
    on_a_plan(council, maya, leo, since=ago(3))
    same = "I want it to be quiet at night please"
    with pytest.raises(Incomplete, match="same words"):
        written(
            council,
            (maya, leo),
            plan_for(maya, leo, parents=(mother, fatou, daniel)) | part(maya, childs_view=same) | part(leo, childs_view=same),
        )


def test_what_was_written_for_two_children_is_in_nobodys_copy_once_one_of_them_is_taken_off(planned, family):
    _, leo, mother, *_ = family
    assert "Ring 999" in all_of(copy_for(planned, mother))
    take_off_child(record=planned, child=leo.pk, why="Another Leo.", by=None)
    copy = copy_for(planned, mother)
    assert "Ring 999" not in all_of(copy) and any("not all of those it was written about" in one for one in copy.left_out)


def test_a_copy_that_was_given_is_written_down_with_what_it_is_for(council, family):
    """Given on the day the plan was agreed; a day to come is refused."""
    maya, leo, mother, fatou, daniel = family
    on_a_plan(council, maya, leo, since=ago(30))
    record = written(council, (maya, leo), plan_for(maya, leo, parents=(mother, fatou, daniel), on=ago(30)))
    browser = signed_in(council.social_worker)
    address = f"/plan/{record.reference}/copy/{fatou.reference}/"
    assert browser.post(address, {"how": "in_person"} | typed_day("on", TODAY)).status_code == 302
    made = Share.objects.get(what=Share.PLAN)
    assert (made.purpose, made.basis, made.to_whom) == ("telling_family", "public_task", str(fatou))
    assert made.children == [maya.pk]
    wrong = browser.post(address, {"how": "in_person"} | typed_day("on", TODAY + timedelta(days=1)))
    assert wrong.status_code == 422
    assert Share.objects.count() == 1
