"""Signing off, own limits, new holidays; and that a change is seen by whom it should be, when it should be."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.ground.time import actions, in_force, queries
from goldthread.ground.time.actions import change_holiday, end_override, load_rules, override, sign_off
from goldthread.ground.time.models import Rule
from goldthread.ground.time.rulebook import shipped_rules
from goldthread.ground.time.working_days import add_working_days, is_working_day

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


@pytest.fixture
def worker():
    with acting(None, system="test"):
        user = User.objects.create(username="amensah", first_name="Ama", last_name="Mensah")
    with acting(user):
        yield user


def test_a_rule_is_signed_off_by_a_named_person_and_then_says_so(worker) -> None:
    sign_off(queries.rule("referral.decide"), by=worker, comment="Read with legal on 1 June.")
    rule = queries.rule("referral.decide")
    assert rule.is_signed_off and rule.signed_off_comment == "Read with legal on 1 June."
    assert queries.due(rule, JUNE).why.endswith("(GUIDANCE, signed off here by Ama Mensah)")


def test_nobody_in_particular_cannot_sign_off(worker) -> None:
    with pytest.raises(ValueError, match="named person"):
        sign_off(queries.rule("referral.decide"), by=None)


def test_a_rule_is_signed_off_once(worker) -> None:
    sign_off(queries.rule("referral.decide"), by=worker)
    with pytest.raises(ValueError, match="already"):
        sign_off(queries.rule("referral.decide"), by=worker)


def test_a_changed_text_is_a_new_version_that_nobody_has_signed_off(worker, monkeypatch) -> None:
    old = queries.rule("referral.decide")
    sign_off(old, by=worker)
    rows = [{**row, "consequence": "Another wording."} if row["key"] == "referral.decide" else row for row in shipped_rules()]
    monkeypatch.setattr(actions, "shipped_rules", lambda: rows)
    assert load_rules() == 1 and load_rules() == 0
    new = queries.rule("referral.decide")
    assert (new.version, new.consequence, new.is_signed_off) == (2, "Another wording.", False)
    assert Rule.objects.get(pk=old.pk).is_signed_off
    assert [rule.version for rule in queries.history("referral.decide")] == [2, 1]


def test_an_older_wording_cannot_be_signed_off_once_there_is_a_newer(worker, monkeypatch) -> None:
    old = queries.rule("referral.decide")
    rows = [{**row, "consequence": "Another wording."} if row["key"] == "referral.decide" else row for row in shipped_rules()]
    monkeypatch.setattr(actions, "shipped_rules", lambda: rows)
    load_rules()
    with pytest.raises(ValueError, match="newer version"):
        sign_off(old, by=worker)


def test_a_law_may_change_on_a_day_and_older_clocks_keep_the_older_rule(worker, monkeypatch) -> None:
    rows = []
    for row in shipped_rules():
        if row["key"] == "referral.decide":
            rows += [{**row, "valid_until": JUNE - timedelta(days=1)}, {**row, "valid_from": JUNE, "limit": 2}]
        else:
            rows.append(row)
    monkeypatch.setattr(actions, "shipped_rules", lambda: rows)
    load_rules()
    assert queries.rule("referral.decide", JUNE - timedelta(days=1)).limit == 1
    assert queries.rule("referral.decide", JUNE).limit == 2


def test_a_local_limit_may_be_anything_from_a_day_on(worker) -> None:
    own = override(queries.rule("visit.cin"), 6, "Agreed by the board.", worker, JUNE)
    assert (own.kind, own.is_local_override, own.is_signed_off) == ("LOCAL", True, False)
    assert queries.rule("visit.cin", JUNE - timedelta(days=1)).limit == 4
    assert queries.rule("visit.cin", JUNE).limit == 6
    assert queries.rule("visit.cin", JUNE, with_local=False).limit == 4
    assert queries.due_under("visit.cin", JUNE).on == date(2026, 7, 13)
    later = override(own, 20, "Counted in working days.", worker, date(2026, 9, 1), unit="working_days")
    assert queries.rule("visit.cin", date(2026, 8, 31)) == own and queries.rule("visit.cin", date(2026, 9, 1)) == later
    end_override(later, date(2026, 10, 1))
    assert queries.rule("visit.cin", date(2026, 9, 30)) == later and queries.rule("visit.cin", date(2026, 10, 1)).limit == 4


def test_an_own_limit_set_wrongly_is_taken_back_by_the_next(worker) -> None:
    override(queries.rule("visit.cin"), 60, "Mistyped.", worker, JUNE)
    own = override(queries.rule("visit.cin"), 6, "As agreed.", worker, JUNE)
    assert queries.rule("visit.cin", JUNE) == own
    end_override(own, JUNE)
    assert queries.rule("visit.cin", JUNE).limit == 4


def test_the_law_cannot_be_loosened(worker) -> None:
    with pytest.raises(ValueError) as refused:
        override(queries.rule("police_protection.end"), 96, "More time.", worker, JUNE)
    assert str(refused.value) == (
        "Police protection ended: 72 hours is law (Section 46(6) Children Act 1989). A council may set a shorter limit, never a longer one."
    )
    assert queries.rule("police_protection.end").limit == 72


@pytest.mark.parametrize(
    ("key", "limit", "unit", "words"),
    [
        ("assessment.complete", 50, None, "never a longer one"),
        ("assessment.complete", 40, "calendar_days", "same unit"),
        ("private_fostering.notify", 4, None, "never a shorter one"),
        ("record.retention", 20, None, "never a shorter one"),
        ("order.interim_care", 3, "none", "as a number"),
    ],
)
def test_what_the_law_does_not_leave_open_is_refused(worker, key, limit, unit, words) -> None:
    with pytest.raises(ValueError, match=words):
        override(queries.rule(key), limit, "A reason.", worker, JUNE, unit)


def test_a_stricter_limit_than_the_law_is_allowed_and_shown_as_local(worker) -> None:
    own = override(queries.rule("assessment.complete"), 35, "Our promise to families.", worker, JUNE)
    assert own.kind == "LOCAL" and queries.rule("assessment.complete", JUNE) == own
    assert queries.due(own, JUNE).why.endswith("this council’s own limit (LOCAL, not yet signed off here)")
    assert "Working Together" in own.authority


def test_where_the_law_sets_no_number_a_council_may_set_its_own(worker) -> None:
    own = override(queries.rule("permanence.plan"), 4, "As the guidance reckons.", worker, JUNE, unit="months")
    assert queries.due(own, JUNE).on == date(2026, 10, 1)


def test_an_own_limit_that_a_stricter_law_overtakes_no_longer_holds(worker, monkeypatch) -> None:
    own = override(queries.rule("assessment.complete"), 40, "Our promise to families.", worker, JUNE)
    rows = [{**row, "limit": 35} if row["key"] == "assessment.complete" else row for row in shipped_rules()]
    monkeypatch.setattr(actions, "shipped_rules", lambda: rows)
    load_rules()
    assert queries.rule("assessment.complete", JUNE) != own and queries.rule("assessment.complete", JUNE).limit == 35


@pytest.mark.parametrize(("by", "reason", "words"), [(None, "A reason.", "named person"), ("worker", " ", "Say why")])
def test_an_own_limit_has_a_person_and_a_reason(worker, by, reason, words) -> None:
    with pytest.raises(ValueError, match=words):
        override(queries.rule("visit.cin"), 6, reason, by and worker, JUNE)


def test_loading_the_rules_again_leaves_own_limits_and_sign_offs_alone(worker) -> None:
    own = override(queries.rule("visit.cin"), 6, "Agreed.", worker, JUNE)
    sign_off(own, by=worker)
    assert load_rules() == 0
    assert queries.rule("visit.cin", JUNE) == own and queries.rule("visit.cin", JUNE).is_signed_off


def test_a_newly_proclaimed_holiday_moves_every_clock(worker) -> None:
    day = date(2027, 6, 14)
    assert is_working_day(day)
    change_holiday(day, True, "A jubilee", "Royal proclamation of 1 May 2027")
    assert not is_working_day(day) and add_working_days(date(2027, 6, 11), 1) == date(2027, 6, 15)
    assert queries.due_under("referral.decide", date(2027, 6, 11)).on == date(2027, 6, 15)
    assert queries.due_under("information_request", date(2027, 6, 11)).on == date(2027, 7, 13)
    with pytest.raises(ValueError, match="already"):
        change_holiday(day, True, "Again", "Nobody")
    change_holiday(day, False, "No jubilee after all", "Royal proclamation of 1 June 2027")
    assert is_working_day(day)


def test_a_holiday_needs_its_name_and_authority(worker) -> None:
    with pytest.raises(ValueError, match="name"):
        change_holiday(date(2027, 6, 14), True, "A jubilee", " ")


def test_a_change_that_is_rolled_back_is_forgotten(worker) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        override(queries.rule("visit.cin"), 6, "Agreed.", worker, JUNE)
        assert queries.rule("visit.cin", JUNE).limit == 6
        raise RuntimeError
    assert queries.rule("visit.cin", JUNE).limit == 4


def test_an_inner_roll_back_leaves_the_outer_change(worker) -> None:
    override(queries.rule("visit.cin"), 6, "Agreed.", worker, JUNE)
    with pytest.raises(RuntimeError), transaction.atomic():
        override(queries.rule("visit.cin"), 8, "Agreed.", worker, JUNE)
        raise RuntimeError
    assert queries.rule("visit.cin", JUNE).limit == 6


def test_another_thread_does_not_see_a_change_before_it_is_committed(worker) -> None:
    override(queries.rule("visit.cin"), 6, "Agreed.", worker, JUNE)
    seen: list[int | None] = []

    def look() -> None:
        seen.append(queries.rule("visit.cin", JUNE).limit)
        connection.close()

    thread = Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [4] and queries.rule("visit.cin", JUNE).limit == 6


@pytest.mark.django_db(transaction=True)
def test_a_committed_change_is_seen_by_everyone_and_by_other_processes_within_seconds(monkeypatch) -> None:
    with acting(None, system="test"):
        user = User.objects.create(username="amensah")
    assert queries.rule("visit.cin", JUNE).limit == 4
    with acting(user):
        override(queries.rule("visit.cin"), 6, "Agreed.", user, JUNE)
    assert queries.rule("visit.cin", JUNE).limit == 6
    # As another process would: it wrote behind our back, and only the token says so.
    with acting(user):
        Rule.objects.filter(key="visit.cin", limit=6).update(limit=5)
        in_force.Edition.objects.update(token="9b2f3c1e-5f0a-4f6a-9a55-2a8b7f1f3a10")
    assert queries.rule("visit.cin", JUNE).limit == 6
    monkeypatch.setattr(in_force, "LOOK_AGAIN_AFTER", 0)
    assert queries.rule("visit.cin", JUNE).limit == 5
