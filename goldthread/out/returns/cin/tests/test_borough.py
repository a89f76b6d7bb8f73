"""The return of a small invented borough, whose records were made by the actions of the rooms."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from lxml import etree

from goldthread.core.records.models import Record, RecordChild
from goldthread.demo.borough import fill
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.actions import mark_demo
from goldthread.out.insight.enquiry_indicators import C03, C06
from goldthread.out.insight.indicators import FD04, FD12
from goldthread.out.insight.plan_indicators import C09, C10, C10_ENDED
from goldthread.out.insight.queries import figure
from goldthread.out.returns.cin.asked import Asked, asked
from goldthread.out.returns.cin.file import children, write_census
from goldthread.out.returns.cin.judging import failures_of_return
from goldthread.out.returns.cin.schema import schema
from goldthread.out.returns.cin.tally import Tally


@pytest.fixture(scope="module")
def borough(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with acting(system="demo"):
            mark_demo(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999", size="locality")
        yield fill("tiny", today=localdate())
        transaction.set_rollback(True)


def last_census(years_ago: int) -> Asked:
    day = localdate() - timedelta(days=365 * years_ago)
    return asked(year=day.year + (day.month > 3), authority="999", at=None, today=localdate())


@pytest.mark.parametrize("years_ago", [0, 1])
def test_the_return_of_each_year_is_valid(borough, years_ago):
    wanted, out = last_census(years_ago), BytesIO()
    write_census(wanted, out)
    checked = schema(wanted.census.year)
    checked.validate(etree.fromstring(out.getvalue()))
    assert [f"line {error.line}: {error.message}" for error in checked.error_log] == []


# What the rules may say of it, and whose fault that is.
KNOWN = {
    "1530": "neither: the demo's pupil numbers name an authority that does not exist, so that they belong to nobody",
    "8530Q": "neither: the year is not over, and the rule counts from its last day",
    "8540": "the record: of some children nobody has asked about disability yet, as it happens",
    "8670Q": "neither: the year is not over, and the rule counts to its last day",
    "8675Q": "neither: the same",
    "2887Q": "neither: a handful of children has no eight disabilities among them",
    "2888Q": "neither: nor has one of them two",
}


@pytest.mark.parametrize("years_ago", [0, 1])
def test_the_rules_find_nothing_wrong_but_what_is_known(borough, years_ago):
    wanted = last_census(years_ago)
    found = failures_of_return(children(wanted, Tally()), wanted.census)
    assert [failure for failure in found if failure.code not in KNOWN] == []


@pytest.mark.parametrize("years_ago", [0, 1])
def test_the_return_and_the_dashboard_count_the_same(borough, years_ago):
    wanted, tally = last_census(years_ago), Tally()
    told = list(children(wanted, tally))
    days, counts = (wanted.first_day, wanted.until), tally.counts
    undecided = Record.objects.filter(pk__in=tally.left_out["referral_undecided"], happened_on__range=days)
    assert counts["received"] == figure(FD04, *days).total.counting - RecordChild.objects.filter(record__in=undecided).count()
    assert counts["authorised"] == figure(FD12, *days).total.known
    assert counts["conferences"] + counts["conferences_beside"] == figure(C06, *days).total.counting
    assert (counts["plans_begun"], counts["plans_ended"]) == (figure(C10, *days).total.counting, figure(C10_ENDED, *days).total.counting)
    on_plan = [plan for child in told for each in child.CINdetails for plan in each.ChildProtectionPlans if plan.CPPendDate is None]
    assert len(on_plan) == figure(C09, *days).total.counting
    started = [
        each for child in told for details in child.CINdetails for each in details.Section47 if wanted.holds(each.S47ActualStartDate)
    ]
    assert len(started) == figure(C03, *days).total.counting
