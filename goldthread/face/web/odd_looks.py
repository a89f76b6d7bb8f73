"""Looks to look at again: for information governance and the restricted-records lead. Nobody sees those about themselves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.oversight.actions import close, end_watch, look_through, set_limit, watch
from goldthread.core.oversight.limits import LIMITS, limits_on
from goldthread.core.oversight.models import Finding, Limit, Watched
from goldthread.core.oversight.queries import by_reason, findings_for, looks_again, watched_now
from goldthread.core.people.models import Person
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.ground.access.predicate import standing, withheld_among
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.words import moment_in_words, short_day
from goldthread.pathway.questions import Day, Number, One

A_PAGE = 100
FORM = "web/form.jinja"
KEPT = "A record kept from you"


def _looks_again(request: HttpRequest) -> None:
    if not looks_again(standing(request.user)):
        raise Refused("looks to look at again")


def _back() -> tuple[str, str]:
    return reverse("odd_looks"), "Looks to look at again"


@login_required
@require_GET
def odd_looks(request: HttpRequest) -> HttpResponse:
    """The newest first; counts by reason of those that are open."""
    _looks_again(request)
    reason, state = request.GET.get("reason", ""), request.GET.get("state", "")
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 1
    rows = findings_for(request.user).filter(closed_at__isnull=state != "closed")
    if reason in Finding.REASONS:
        rows = rows.filter(reason=reason)
    found = list(rows[(page - 1) * A_PAGE : page * A_PAGE + 1])
    context = {
        "shown": _shown(request, found[:A_PAGE], "looks to look at again"),
        "counts": [(Finding.REASONS[code], count, code) for code, count in sorted(by_reason(request.user).items())],
        "reasons": [("", "All reasons"), *Finding.REASONS.items()],
        "reason": reason,
        "state": state,
        "page": page,
        "has_more": len(found) > A_PAGE,
    }
    return render(request, "web/odd_looks.jinja", context)


def _shown(request: HttpRequest, found: list[Finding], what: str) -> list[dict[str, Any]]:
    """As the page draws them. A person kept from whoever reads stays kept; the others are written down as shown."""
    keys = {one.person for one in found if one.person is not None}
    kept = withheld_among(request.user.pk or 0, keys)
    people = Person.objects.in_bulk(keys - kept)
    names = names_of_users([one.user_id for one in found] + [one.closed_by_id for one in found])
    log_reading(request.user, "list", what, people)
    return [
        {
            "key": one.pk,
            "who": names.get(one.user_id) or one.user.get_username(),
            "day": short_day(one.day),
            "reason": Finding.REASONS[one.reason],
            "sentence": one.sentence,
            "is_kept": one.person in kept,
            "person": people.get(one.person or 0),
            "outcome": Finding.OUTCOMES.get(one.outcome or "", ""),
            "words": one.words or "",
            "closed": f"{names.get(one.closed_by_id or 0) or 'Somebody'}, {moment_in_words(one.closed_at)}" if one.closed_at else "",
        }
        for one in found
    ]


@login_required
@require_http_methods(["GET", "POST"])
def close_look(request: HttpRequest, key: int) -> HttpResponse:
    """What it came to. Whoever looked does not find the page."""
    _looks_again(request)
    finding = findings_for(request.user).filter(pk=key).first()
    if finding is None:
        raise Refused("a look of their own to look at again")
    if finding.closed_at is not None:
        messages.info(request, "This is closed already.")
        return redirect("odd_looks")
    (shown,) = _shown(request, [finding], f"look {key} to look at again")
    asks = [
        Ask("outcome", One("What did it come to?"), options=list(Finding.OUTCOMES.items()), needed=True),
        Ask("words", prose("What did you find?", "Whom you asked, and what they said. Write it as they may read it."), needed=True),
    ]

    def keep(values: dict[str, Any]) -> None:
        close(finding=finding, by=request.user, **values)  # type: ignore[arg-type]

    context = {
        "heading": f"Look again: {shown['who']}, {shown['day']}",
        "lead": f"{shown['reason']}. {shown['sentence']} There may well be a good reason: ask before you judge.",
        "button": "Close",
        "back": _back(),
        "summary": [{"key": "Whose record", "value": KEPT if shown["is_kept"] else str(shown["person"] or "Several"), "is_private": True}],
    }
    return answered(request, Form.of(request, asks), do=keep, done="Closed.", to=_back()[0], context=context, template=FORM)


@login_required
@require_POST
def look_now(request: HttpRequest) -> HttpResponse:
    """Today so far; the night looks through the whole day."""
    _looks_again(request)
    new = look_through(localdate())
    messages.success(request, f"Today was looked through: {new} new." if new else "Today was looked through: nothing new.")
    return redirect("odd_looks")


@login_required
@require_GET
def watched(request: HttpRequest) -> HttpResponse:
    """Records watched, and this council's limits."""
    _looks_again(request)
    rows = list(watched_now())
    kept = withheld_among(request.user.pk or 0, [row.person for row in rows])
    people = Person.objects.in_bulk([row.person for row in rows if row.person not in kept])
    names = names_of_users(row.set_by_id for row in rows)
    log_reading(request.user, "list", "watched records", people)
    today = localdate()
    held, own = limits_on(today), {row.name: row for row in Limit.objects.filter(from_on__lte=today).order_by("from_on", "pk")}
    context = {
        "rows": [
            {
                "key": row.pk,
                "person": people.get(row.person),
                "why": "" if row.person in kept else row.why,
                "by": f"{names.get(row.set_by_id) or row.set_by.get_username()}, {short_day(localtime(row.set_at).date())}",
            }
            for row in rows
        ],
        "limits": [
            (name, words, held[name], f"since {short_day(own[name].from_on)}: {own[name].why}" if name in own else "as the product came")
            for name, (words, _) in LIMITS.items()
        ],
    }
    return render(request, "web/watched.jinja", context)


@login_required
@require_http_methods(["GET", "POST"])
def watch_record(request: HttpRequest) -> HttpResponse:
    _looks_again(request)
    asks = [
        Ask("reference", line("What is the reference of the record?", "It stands beside the name."), needed=True),
        Ask("why", prose("Why is it watched?", "A family in the public eye, a case in the news."), needed=True),
    ]

    def keep(values: dict[str, Any]) -> str:
        person = Person.objects.filter(reference=values["reference"].strip().upper(), merged_into=None).first()
        if person is None or withheld_among(request.user.pk or 0, [person.pk]):
            raise Impossible("There is nobody with this reference.", "reference")
        log_reading(request.user, "view", f"watched person {person.reference}", [person.pk])
        watch(person=person.pk, why=values["why"], by=request.user)  # type: ignore[arg-type]
        return f"Looks at record {person.reference} without a link to it will be found."

    back = (reverse("watched"), "Watched records and limits")
    context = {
        "heading": "Watch a record",
        "lead": "Whoever may see the record still does, and is told nothing. Looks that nothing links with it are found each night.",
        "button": "Watch it",
        "back": back,
    }
    return answered(request, Form.of(request, asks), do=keep, done="", to=back[0], context=context, template=FORM)


@login_required
@require_POST
def end_watching(request: HttpRequest, key: int) -> HttpResponse:
    _looks_again(request)
    end_watch(watched=get_object_or_404(Watched, pk=key, ended_at=None), by=request.user)  # type: ignore[arg-type]
    messages.success(request, "The record is watched no more.")
    return redirect("watched")


@login_required
@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest, name: str) -> HttpResponse:
    """This council's own number, from a day on."""
    _looks_again(request)
    if name not in LIMITS:
        raise Refused(f"a limit {name}")
    asks = [
        Ask("value", Number("From how many?"), needed=True),
        Ask("from_on", Day("From which day?"), needed=True),
        Ask("why", prose("Why?"), needed=True),
    ]

    def keep(values: dict[str, Any]) -> None:
        set_limit(name=name, by=request.user, **{key: values[key] for key in ("value", "from_on", "why")})  # type: ignore[arg-type]

    back = (reverse("watched"), "Watched records and limits")
    context = {
        "heading": LIMITS[name][0],
        "lead": f"LOCAL: no law sets it. Now {limits_on(localdate())[name]}.",
        "button": "Set",
        "back": back,
    }
    return answered(
        request, Form.of(request, asks, {"from_on": localdate()}), do=keep, done="Set.", to=back[0], context=context, template=FORM
    )
