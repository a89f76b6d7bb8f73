"""Until when a record is kept: each sentence with its days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.ground.time.actions import override
from goldthread.ground.time.periods import add_years
from goldthread.ground.time.queries import rule
from goldthread.out.rights.classes import CLASSES, kept_as
from goldthread.out.rights.keeping import EMPTY, NO_BIRTH, OPEN, Life, keeping_of
from goldthread.pathway.registry import definitions

pytestmark = pytest.mark.django_db
BORN = date(2012, 6, 1)


def until(**facts) -> date | None:
    return keeping_of(Life(**{"born_on": BORN, "last_entry": date(2020, 3, 9)} | facts)).until


def test_every_kind_of_record_says_by_which_class_it_is_kept():
    assert {kind: one.kept_as for kind, one in definitions().items() if one.kept_as not in CLASSES} == {}
    assert kept_as("records.case_note") in CLASSES


def test_a_contact_that_led_no_further_is_kept_six_years_after_the_last_entry():
    assert until(classes=frozenset({"contact"})) == date(2026, 3, 9)


def test_a_record_of_help_is_kept_until_the_child_is_25():
    assert until(classes=frozenset({"contact", "child_in_need"})) == date(2037, 6, 1)


def test_the_last_entry_counts_where_it_asks_for_longer():
    assert until(classes=frozenset({"child_in_need"}), last_entry=date(2034, 1, 10)) == date(2040, 1, 10)


def test_a_child_once_on_a_plan_for_sexual_abuse_has_a_record_for_75_years():
    assert until(classes=frozenset({"child_protection"}), of_sexual_abuse=True) == date(2087, 6, 1)


def test_the_anniversary_of_29_february_is_28_february_in_a_common_year():
    assert until(classes=frozenset({"child_in_need"}), born_on=date(2012, 2, 29)) == date(2037, 2, 28)


def test_while_work_is_open_no_day_counts():
    kept = keeping_of(Life(BORN, date(2020, 3, 9), frozenset({"contact"}), is_open=True))
    assert (kept.until, kept.unless, kept.is_past(date(2100, 1, 1))) == (None, OPEN, False)


def test_without_a_date_of_birth_a_record_counted_from_it_is_kept():
    kept = keeping_of(Life(None, date(2001, 3, 9), frozenset({"child_protection"})))
    assert (kept.until, kept.unless) == (None, NO_BIRTH)
    assert keeping_of(Life(None, date(2001, 3, 9), frozenset({"contact"}))).until == date(2007, 3, 9)


def test_somebody_of_whom_nothing_was_written_has_no_day():
    assert keeping_of(Life(BORN, None)).unless == EMPTY


def test_each_rule_says_what_it_asks_and_on_what_footing():
    kept = keeping_of(Life(BORN, date(2020, 3, 9), frozenset({"child_in_need"})))
    assert [one.rule.key for one in kept.asked] == ["retention.child_in_need", "retention.last_entry"]
    assert kept.asked[0].why == (
        "No sooner than 25 years from the child’s birth on 1 June 2012 — this council’s own limit (LOCAL, medium confidence, not yet signed off here)"
    )


def test_the_councils_own_limit_holds_for_what_is_there_already(council):
    override(rule("retention.last_entry"), 10, "Our schedule", council.front_door_manager, date(2020, 1, 1))
    assert until(classes=frozenset({"contact"})) == date(2030, 3, 9)


DAYS = st.dates(date(1950, 1, 1), date(2040, 12, 31))


@given(
    born=st.none() | DAYS,
    last=DAYS,
    classes=st.frozensets(st.sampled_from(sorted(CLASSES)), min_size=1),
    more=st.frozensets(st.sampled_from(sorted(CLASSES))),
    later=st.integers(0, 400),
)
def test_more_on_file_never_means_kept_for_less(django_db_blocker, born, last, classes, more, later):
    with django_db_blocker.unblock():
        less = keeping_of(Life(born, last, classes))
        longer = keeping_of(Life(born, date.fromordinal(last.toordinal() + later), classes | more))
        assert longer.until is None or (less.until is not None and longer.until >= less.until)
        if less.until is not None:
            assert all(one.on is not None and one.on <= less.until for one in less.asked)
            assert less.until >= add_years(last, 6)
            assert not less.is_past(date.fromordinal(less.until.toordinal() - 1)) and less.is_past(less.until)
