"""The rules as shipped, and as they come out of the database."""

from datetime import date, datetime

import pytest

from goldthread.ground.time import queries
from goldthread.ground.time.actions import load_rules
from goldthread.ground.time.counting import not_counted
from goldthread.ground.time.models import Confidence, Direction, Edition, Kind, Rule, Unit
from goldthread.ground.time.periods import LONDON
from goldthread.ground.time.rulebook import shipped_rules

ROWS = shipped_rules()
USED_NOW = """
contact.screen referral.decide referral.feedback assessment.complete assessment.complete.census assessment.checkpoint
assessment.child_seen plan.cin.made plan.cin.review visit.cin conference.initial conference.initial.census plan.cp.core_group
conference.review.first conference.review.later
"""


def test_all_143_rows_of_the_statutory_table_are_rules() -> None:
    assert {row["number"] for row in ROWS} == set(range(1, 144))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_a_rule_says_its_kind_authority_confidence_and_what_happens_if_it_slips(row: dict) -> None:
    assert row["kind"] in Kind.values and row["unit"] in Unit.values and row["direction"] in Direction.values
    assert row["confidence"] in Confidence.values and row["mark"] and row["basis"]
    assert row["authority"] and row["trigger"] and row["completed_when"] and row["consequence"].endswith(".")
    assert (row["kind"] == "LOCAL") == row["authority"].startswith("Local setting") == (row["basis"] == "local")
    assert (row["limit"] is None) == (row["unit"] == "none")


def test_keys_are_told_apart() -> None:
    keys = [(row["key"], row["valid_from"]) for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.django_db
def test_loading_twice_changes_nothing() -> None:
    before, token = Rule.objects.count(), Edition.objects.get().token
    assert load_rules() == 0
    assert (Rule.objects.count(), Edition.objects.get().token) == (before, token)


@pytest.mark.django_db
def test_every_row_is_in_force_and_none_is_signed_off_before_somebody_does() -> None:
    rules = queries.all_rules(date(2026, 11, 23))
    assert {rule.number for rule in rules} == set(range(1, 144)) and len(rules) == len(ROWS)
    assert [rule.number for rule in rules] == sorted(rule.number for rule in rules)
    assert not any(rule.is_signed_off for rule in rules)


@pytest.mark.django_db
@pytest.mark.parametrize("key", USED_NOW.split())
def test_the_rules_of_the_journey_stand_under_their_keys(key: str) -> None:
    assert queries.rule(key, date(2026, 11, 23)).key == key


@pytest.mark.django_db
def test_a_rule_nobody_wrote_is_refused_by_name() -> None:
    with pytest.raises(LookupError, match=r"“tea\.break”"):
        queries.rule("tea.break")


# Each family of fixed limits, by hand from a calendar: key, the day it starts, the day it is due.
DATED = [
    ("contact.screen", "2026-03-06", "2026-03-09"),  # Friday to Monday
    ("referral.decide", "2026-04-02", "2026-04-07"),  # over Easter
    ("referral.decide", "2026-03-07", "2026-03-09"),  # from a Saturday
    ("referral.feedback", "2026-03-03", "2026-03-06"),
    ("assessment.complete", "2026-03-03", "2026-05-08"),  # Easter twice and the early May holiday
    ("assessment.complete.census", "2026-03-05", "2026-05-12"),
    ("assessment.checkpoint", "2026-03-03", "2026-03-17"),
    ("assessment.child_seen", "2026-03-03", "2026-03-10"),
    ("plan.cin.review", "2026-11-30", "2027-02-28"),
    ("visit.cin", "2026-03-03", "2026-03-31"),
    ("ehc.advice", "2026-03-03", "2026-04-14"),
    ("conference.initial", "2026-12-10", "2027-01-05"),  # Christmas, its substitute and New Year
    ("conference.initial.census", "2025-06-05", "2025-06-26"),
    ("conference.transfer_in", "2026-05-22", "2026-06-15"),
    ("plan.cp.start", "2026-03-03", "2026-03-03"),
    ("plan.cp.core_group", "2026-03-03", "2026-03-17"),
    ("conference.review.first", "2026-03-03", "2026-06-03"),
    ("conference.review.later", "2026-08-31", "2027-02-28"),
    ("epo.end", "2026-03-03", "2026-03-10"),  # eight days beginning with the first
    ("epo.extension.end", "2026-03-10", "2026-03-17"),
    ("assessment_order.end", "2026-03-03", "2026-03-09"),
    ("contact.refused", "2026-03-03", "2026-03-10"),
    ("plo.gatekeeping", "2026-03-03", "2026-03-04"),  # Day 1 is the day of issue
    ("plo.cmh.earliest", "2026-03-03", "2026-03-18"),
    ("plo.cmh", "2026-03-03", "2026-03-26"),
    ("plo.cmh.advocates", "2026-03-26", "2026-03-24"),
    ("proceedings.end", "2026-03-03", "2026-09-01"),
    ("report.section_37", "2026-03-03", "2026-04-28"),
    ("order.supervision", "2026-03-03", "2027-03-03"),
    ("care_plan.made", "2026-03-03", "2026-03-17"),
    ("placement.notified", "2026-03-03", "2026-03-10"),
    ("review.looked_after.first", "2026-03-03", "2026-03-31"),
    ("review.looked_after.second", "2026-03-31", "2026-06-30"),
    ("visit.looked_after.first", "2026-03-03", "2026-03-10"),
    ("visit.looked_after.settled", "2026-03-03", "2026-06-03"),
    ("visit.connected_or_interim.later", "2026-03-03", "2026-03-31"),
    ("health.review", "2024-02-29", "2025-02-28"),
    ("connected.temporary", "2026-03-03", "2026-06-23"),
    ("foster.emergency", "2026-03-03", "2026-03-11"),
    ("short_break.each", "2026-03-03", "2026-03-20"),
    ("record.retention", "2016-02-29", "2091-02-28"),
    ("leaving_care.in_touch.opens", "2026-03-03", "2025-12-03"),
    ("leaving_care.in_touch", "2026-03-03", "2026-04-03"),
    ("adoption.apply", "2026-03-03", "2026-05-12"),
    ("private_fostering.notify", "2026-04-14", "2026-03-03"),
    ("private_fostering.visit.initial", "2026-03-03", "2026-03-12"),
    ("serious_incident.notify", "2026-03-03", "2026-03-10"),
    ("rapid_review", "2026-03-03", "2026-03-24"),
    ("complaint.stage_2.extended", "2026-03-03", "2026-06-08"),
    ("subject_access", "2026-02-28", "2026-03-30"),  # the 28th is a Saturday
    ("information_request", "2026-11-02", "2026-12-01"),  # Saint Andrew’s day counts here
]


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "start", "end"), DATED, ids=[f"{key} from {start}" for key, start, _ in DATED])
def test_a_clock_runs_out_on_the_day_the_calendar_says(key: str, start: str, end: str) -> None:
    due = queries.due_under(key, date.fromisoformat(start))
    assert due.on == date.fromisoformat(end) and due.at is None


@pytest.mark.django_db
def test_every_rule_gives_a_day_or_a_sentence_why_not() -> None:
    for rule in queries.all_rules(date(2026, 11, 23)):
        due = queries.due(rule, date(2026, 3, 3))
        assert (due.on is None) == (not_counted(rule) is not None)
        assert due.words and due.why


@pytest.mark.django_db
def test_hours_run_from_the_moment_and_across_the_change_of_clocks() -> None:
    taken = datetime(2026, 3, 27, 22, 0, tzinfo=LONDON)
    due = queries.due_under("police_protection.end", date(2026, 3, 27), taken)
    assert due.at == datetime(2026, 3, 30, 23, 0, tzinfo=LONDON) and due.on == date(2026, 3, 30)
    assert due.words == "Monday 30 March 2026 at 23:00"
    assert due.why.startswith(
        "72 hours from the constable’s taking the child into protection on Friday 27 March 2026 at 22:00 — Section 46(6)"
    )


@pytest.mark.django_db
def test_hours_without_a_time_run_from_the_start_of_the_day_and_say_so() -> None:
    due = queries.due_under("police_protection.end", date(2026, 6, 1))
    assert due.on == date(2026, 6, 4) and due.at is None
    assert "counted from the start of the day as no time is recorded" in due.why


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("education.new_school", "No due date: school days can be counted only with the school’s own calendar, which is not held here."),
        ("education.plan.review", "No due date: a term ends when the school says, and its calendar is not held here."),
        ("short_break.year", "No single due date: the time is added up over several occasions."),
        ("order.interim_care", "No due date: the rule sets no number."),
    ],
)
def test_what_cannot_be_counted_says_why(key: str, sentence: str) -> None:
    due = queries.due_under(key, date(2026, 3, 3))
    assert due.on is None and due.words == sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "why"),
    [
        (
            "assessment.complete",
            "45 working days from the referral on 3 March 2026 — Working Together, on the timeliness of assessment "
            "(GUIDANCE, not yet signed off here)",
        ),
        ("contact.screen", "1 working day from the contact on 3 March 2026 — this council’s own limit (LOCAL, not yet signed off here)"),
        (
            "assessment.complete.census",
            "45 working days from the start of the assessment on 3 March 2026 — Children in need census: start date to "
            "authorisation date (GUIDANCE, medium confidence, not yet signed off here)",
        ),
        (
            "epo.end",
            "8 days, the first being that of the making of the order on 3 March 2026 — Sections 44 and 45 Children Act 1989 "
            "(LAW, not yet signed off here)",
        ),
        (
            "private_fostering.notify",
            "At least 6 weeks before the arrangement on 3 March 2026 — SI 2005/1533, regs 3 to 5 (LAW, not yet signed off here)",
        ),
    ],
)
def test_a_clock_says_why_it_is_due(key: str, why: str) -> None:
    assert queries.due_under(key, date(2026, 3, 3)).why == why


@pytest.mark.django_db
def test_thousands_of_clocks_ask_the_database_nothing(django_assert_num_queries) -> None:
    queries.warm()
    with django_assert_num_queries(0):
        for _ in range(1000):
            queries.due_under("assessment.complete", date(2026, 3, 3))
