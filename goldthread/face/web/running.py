"""How the product ran: open to everybody who is signed in, with no name of anybody."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from goldthread.core.records.late import sent_late
from goldthread.ground.audit.queries import at_work_before
from goldthread.ground.design.words import counted
from goldthread.ground.running.queries import Day, Failure, days, failures, whole
from goldthread.ground.time.words import short_day

HOW_FAR = timedelta(days=29)
AT_MOST = 50
BY_DAY = [
    {"text": "Day"},
    {"text": "Answered", "numeric": True},
    {"text": "Half within", "numeric": True},
    {"text": "19 of 20 within", "numeric": True},
    {"text": "Requests", "numeric": True},
    {"text": "Failed", "numeric": True},
]
OUTAGES = [
    {"text": "From"},
    {"text": "Until"},
    {"text": "Minutes", "numeric": True},
    {"text": "What"},
    {"text": "At work just before", "numeric": True},
    {"text": "Forms sent late", "numeric": True},
]


@login_required
@require_GET
def running(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = localtime(now).date()
    shown = days(today - HOW_FAR, today, now)
    found = failures(today - HOW_FAR, today, now)
    together = whole(shown)
    context = {
        "since": short_day(shown[-1].day) if shown else "",
        "available": in_per_cent(together) if together else "",
        "half": seconds(together, 0.5) if together else "",
        "most": seconds(together, 0.95) if together else "",
        "outages": OUTAGES,
        "failures": _outages(found[:AT_MOST]),
        "failed": len(found),
        "how_long": counted(sum(one.minutes for one in found), "minute", "minutes"),
        "by_day": BY_DAY,
        "days": [_day(one) for one in shown],
    }
    return render(request, "web/running.jinja", context)


def in_per_cent(day: Day) -> str:
    """To two places, never rounded up to the whole: `99.99%` where a single minute is missing."""
    if day.available is None:
        return "Nothing is known"
    return "100%" if day.well >= day.minutes else f"{min(day.available, 99.99):.2f}%"


def seconds(day: Day, part: float) -> str:
    """`0.2 s`, the next bound above; of answers beyond the last, that they took longer."""
    if not day.answered:
        return "Nothing asked"
    bound = day.within(part)
    return "over 30 s" if bound is None else f"{bound / 1000:g} s"


def _day(day: Day) -> list[Any]:
    return [
        short_day(day.day),
        in_per_cent(day),
        seconds(day, 0.5),
        seconds(day, 0.95),
        f"{day.answered:,}",
        f"{day.failed:,}",
    ]


def _outages(found: list[Failure]) -> list[list[Any]]:
    people = at_work_before([one.from_at for one in found]) if found else []
    late = sent_late([(one.from_at, one.until_at) for one in found]) if found else []
    return [[_moment(one.from_at), _moment(one.until_at), f"{one.minutes:,}", one.what, people[n], late[n]] for n, one in enumerate(found)]


def _moment(at: Any) -> str:
    local = localtime(at)
    return f"{short_day(local.date())}, {local:%H:%M}"
