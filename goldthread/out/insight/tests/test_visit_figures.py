"""Visits to children on a plan, as at a day: the plan begins on Tuesday 1 September 2026, the first visit is due on the 15th."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.people.models import Person, Relationship
from goldthread.out.insight.indicators import INDICATORS
from goldthread.out.insight.queries import behind, figure
from goldthread.out.insight.tests.protecting import plan
from goldthread.pathway.tests.people import child
from goldthread.practice.protection.actions import change_category
from goldthread.practice.protection.tests.walking import made, nobody_in, not_seen, on_a_plan, seen, visit

pytestmark = pytest.mark.django_db

BEGAN, DUE, DAY_AFTER = date(2026, 9, 1), date(2026, 9, 15), date(2026, 9, 16)


@pytest.fixture
def children(council):
    maya, leo = child("Maya", date(2016, 5, 2)), child("Leo", date(2019, 8, 30))
    mother = Person.objects.create(shown_name="Grace", is_named=True, recorded_as_adult=True)
    for one in (maya, leo):
        Relationship.objects.create(person=one, other=mother, kind="mother", has_parental_responsibility=True, is_confirmed=True)
    on_a_plan(council, maya, leo, since=BEGAN)
    return maya, leo


def counted(key: str, day: date) -> tuple[int, int, int]:
    total = figure(INDICATORS[key], BEGAN, day).total
    return total.counting, total.known, total.unknown


def test_a_visit_is_overdue_the_day_after_it_was_due(children):
    assert (counted("C18", DUE), counted("C18O", DUE)) == ((2, 2, 0), (0, 2, 0))
    assert (counted("C18", DAY_AFTER), counted("C18O", DAY_AFTER)) == ((0, 2, 0), (2, 2, 0))


def test_a_child_who_was_seen_is_in_time_again_and_a_brother_who_was_not_is_still_overdue(council, children):
    maya, leo = children
    visit(council, [maya, leo], made(DAY_AFTER, seen(maya), not_seen(leo)))
    assert counted("C18", DAY_AFTER) == (1, 2, 0)
    shown, withheld = behind(INDICATORS["C18O"], BEGAN, DAY_AFTER, council.screener, True)
    assert ([row.person for row in shown], withheld) == ([leo], 0)
    assert counted("C18O", date(2026, 9, 30)) == (1, 2, 0), "hers is due that day, ten working days later"
    assert counted("C18O", date(2026, 10, 1)) == (2, 2, 0)


def test_of_a_day_to_come_nothing_is_overdue_that_is_not_overdue_today(council, children):
    today = localdate()
    visit(council, list(children), made(today, *(seen(one) for one in children)))
    ahead = today + timedelta(days=60)
    assert (counted("C18O", ahead), counted("C18", ahead)) == ((0, 2, 0), (2, 2, 0))
    assert max(figure(INDICATORS["C09"], BEGAN, ahead).months) == today.replace(day=1)
    shown, withheld = behind(INDICATORS["C18"], BEGAN, ahead, council.screener, True)
    assert len(shown) + withheld == 2


def test_what_came_later_changes_nothing_of_an_earlier_day(council, children):
    visit(council, list(children), made(date(2026, 9, 20), *(seen(one) for one in children)))
    assert counted("C18O", DAY_AFTER) == (2, 2, 0)


def test_whether_a_visit_is_overdue_is_not_known_of_an_imported_plan(council):
    plan(child("Zoe", date(2020, 1, 1)), BEGAN)
    assert (counted("C18", DAY_AFTER), counted("C18O", DAY_AFTER)) == ((0, 0, 1), (0, 0, 1))


def test_seen_alone_is_asked_of_the_last_visit_at_which_somebody_was_in(council, children):
    maya, leo = children
    assert counted("C19", DUE) == (0, 0, 2), "nobody has been visited"
    visit(council, [maya, leo], made(date(2026, 9, 7), seen(maya), seen(leo, is_seen_alone="no", why_not_alone="adult_refused")))
    assert counted("C19", DUE) == (1, 2, 0)
    visit(council, [maya, leo], nobody_in(date(2026, 9, 14), DAY_AFTER))
    assert counted("C19", DUE) == (1, 2, 0)
    visit(council, [maya, leo], made(date(2026, 9, 15), not_seen(maya), seen(leo, childs_words="I like the new house")))
    shown, _ = behind(INDICATORS["C19"], BEGAN, DUE, council.screener, True)
    assert [row.person for row in shown] == [leo]
    assert counted("C19", date(2026, 9, 14)) == (1, 2, 0)


def test_a_category_that_changed_is_what_it_was_on_the_day(council, children):
    change_category(child=children[0].pk, category="PHY", on=DAY_AFTER, by=council.assessment_manager)
    assert [counted(key, DUE)[0] for key in ("C17NEG", "C17PHY")] == [2, 0]
    assert [counted(key, DAY_AFTER)[0] for key in ("C17NEG", "C17PHY")] == [1, 1]


@pytest.mark.parametrize("key", ["C09", "C18", "C18O", "C19"])
def test_every_figure_opens_to_as_many_as_it_says(council, children, key):
    visit(council, list(children), made(DUE, *(seen(one) for one in children)))
    for day in (BEGAN, DUE, date(2026, 10, 1)):
        total = figure(INDICATORS[key], BEGAN, day).total
        for which, number in ((True, total.counting), (False, total.known - total.counting), (None, total.unknown)):
            shown, withheld = behind(INDICATORS[key], BEGAN, day, council.screener, which)
            assert len(shown) + withheld == number
