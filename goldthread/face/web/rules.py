"""The dated rules: what the product counts by, where each comes from, and who here has accepted it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.work.jobs import reckon_again
from goldthread.face.web.due import authority_of
from goldthread.face.web.frame import may_sign_off
from goldthread.ground import jobs
from goldthread.ground.time.actions import end_override, override, sign_off
from goldthread.ground.time.counting import limit_in_words
from goldthread.ground.time.local_limits import refusal
from goldthread.ground.time.models import Confidence, Direction, Kind, Rule, Unit
from goldthread.ground.time.queries import all_rules, history
from goldthread.ground.time.queries import rule as rule_in_force
from goldthread.ground.time.rulebook import area_of_rules
from goldthread.ground.time.words import short_day

MARKS = {
    "V": "read in the law or guidance itself",
    "V2": "read in a secondary source",
    "K": "known to practitioners, not read again",
    "L": "a local setting",
    "?": "not sure",
}
AGAIN = "Open clocks are being reckoned again; each keeps what it said before."
KIND_WORDS = {
    Kind.LAW: "Law: an Act or regulations. A council may be stricter, never laxer.",
    Kind.GUIDANCE: "Guidance: statutory or national guidance. A council may be stricter, never laxer.",
    Kind.LOCAL: "Local: nothing national sets it. This council decides.",
}


@dataclass(frozen=True)
class Shown:
    """One rule as the list draws it."""

    rule: Rule
    area: str
    limit: str
    from_words: str
    authority: str
    confidence: str
    mark: str
    signed: str

    @property
    def is_signed_off(self) -> bool:
        return self.rule.signed_off_at is not None


def for_those_who_sign(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Anyone signed in may read the rules; accepting or changing them is for the principal social worker and administrators."""

    @login_required
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_sign_off(request.user):
            raise PermissionDenied
        return page(request, *args, **kwargs)

    return guarded


def shown(rule: Rule, areas: dict[str, str], names: dict[int, str]) -> Shown:
    who = names.get(rule.signed_off_by_id or 0) or (rule.signed_off_by.get_username() if rule.signed_off_by else "")
    signed = f"{who}, {short_day(rule.signed_off_at.date())}" if rule.signed_off_at else ""
    return Shown(
        rule,
        areas.get(rule.key, "Other"),
        limit_in_words(rule) if rule.limit is not None else "no number",
        f"{Direction(rule.direction).label} – {rule.trigger}" if rule.direction != Direction.WITHIN else f"from {rule.trigger}",
        authority_of(rule),
        Confidence(rule.confidence).label,
        "; ".join(MARKS.get(mark, mark) for mark in rule.mark.split("/")),
        signed,
    )


def _chosen(request: HttpRequest, every: list[Shown]) -> list[Shown]:
    area, kind, state, words = (request.GET.get(name, "") for name in ("area", "kind", "state", "words"))
    found = [one for one in every if (not area or one.area == area) and (not kind or one.rule.kind == kind)]
    if state in ("open", "signed"):
        found = [one for one in found if one.is_signed_off == (state == "signed")]
    needle = words.strip().lower()
    return [one for one in found if not needle or needle in f"{one.rule.process} {one.rule.authority} {one.rule.trigger}".lower()]


@login_required
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule in force today, by area of practice, with boxes to sign a group off at once."""
    areas = area_of_rules()
    in_force = all_rules()
    names = names_of_users(rule.signed_off_by_id for rule in in_force)
    order = list(dict.fromkeys(areas.values()))
    every = sorted((shown(rule, areas, names) for rule in in_force), key=lambda one: order.index(one.area) if one.area in order else 99)
    found = _chosen(request, every)
    grouped: dict[str, list[Shown]] = {}
    for one in found:
        grouped.setdefault(one.area, []).append(one)
    context = {
        "grouped": grouped,
        "found": len(found),
        "all": len(every),
        "signed": sum(one.is_signed_off for one in every),
        "areas": [("", "All"), *((area, area) for area in order)],
        "asked": {name: request.GET.get(name, "") for name in ("area", "kind", "state", "words")},
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "kind_words": [(kind.value, words) for kind, words in KIND_WORDS.items()],
        "may_sign": may_sign_off(request.user),
    }
    return render(request, "web/rules.jinja", context)


def versions_of(key: str) -> list[Rule]:
    found = history(key)
    if not found:
        raise Http404
    return found


@login_required
@require_GET
def rule_page(request: HttpRequest, key: str) -> HttpResponse:
    """One rule whole: what it says, where it comes from, its versions, and this council's own limit."""
    return _rule_page(request, key)


def _rule_page(request: HttpRequest, key: str, problem: str = "", status: int = 200) -> HttpResponse:
    found = versions_of(key)
    rule, base = rule_in_force(key), rule_in_force(key, with_local=False)
    names = names_of_users([one.signed_off_by_id for one in found] + [one.set_by_id for one in found])
    areas = area_of_rules()
    context = {
        "shown": shown(rule, areas, names),
        "rule": rule,
        "base": base,
        "base_limit": limit_in_words(base),
        "history": [shown(one, areas, names) for one in found],
        "names": names,
        "kind_words": KIND_WORDS[Kind(rule.kind)],
        "units": [(unit.value, f"{unit.label}s") for unit in Unit if unit != Unit.NONE],
        "is_free": base.kind == Kind.LOCAL or base.limit is None,
        "stricter": _stricter(base),
        "problem": problem,
        "typed": {name: request.POST.get(name, "") for name in ("limit", "unit", "reason", "from_on")},
        "today": localdate().isoformat(),
        "may_sign": may_sign_off(request.user),
    }
    return render(request, "web/rule.jinja", context, status=status)


def _stricter(base: Rule) -> str:
    """What own limit the law leaves, in a sentence."""
    if base.kind == Kind.LOCAL or base.limit is None:
        return "Nothing national sets this number: the council’s own is free."
    way = "longer" if refusal(base, base.limit + 1, base.unit) is None else "shorter"
    return f"The council may set a {way} time than {limit_in_words(base)}, and no other."


@for_those_who_sign
@require_POST
def sign_off_rules(request: HttpRequest) -> HttpResponse:
    """One rule, or every ticked one, accepted by the one who is signed in."""
    wanted = {int(pk) for pk in request.POST.getlist("rule") if pk.isdecimal()}
    chosen = [rule for rule in all_rules() if rule.pk in wanted]
    if not chosen:
        messages.warning(request, "Tick the rules you accept, then sign them off.")
        return redirect(_back(request))
    done, problems = 0, []
    for rule in chosen:
        try:
            sign_off(rule, request.user, request.POST.get("comment"))
            done += 1
        except ValueError as refused:
            problems.append(f"{rule.process}: {refused}")
    if done:
        messages.success(request, f"{done} rule{'s' * (done != 1)} signed off in your name.")
    for problem in problems:
        messages.warning(request, problem)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    return back if back.startswith(reverse("rules")) and "//" not in back else reverse("rules")


@for_those_who_sign
@require_POST
def set_own_limit(request: HttpRequest, key: str) -> HttpResponse:
    """This council's own limit, where the law leaves one; open clocks are reckoned again."""
    versions_of(key)
    base = rule_in_force(key, with_local=False)
    try:
        limit = int(request.POST.get("limit", ""))
    except ValueError:
        return _rule_page(request, key, "Write the limit as a whole number.", 422)
    try:
        from_on = date.fromisoformat(request.POST.get("from_on", ""))
    except ValueError:
        return _rule_page(request, key, "Write the day from which it holds.", 422)
    try:
        override(base, limit, request.POST.get("reason", ""), request.user, from_on, request.POST.get("unit") or None)
    except ValueError as refused:
        return _rule_page(request, key, str(refused), 422)
    jobs.enqueue(reckon_again, key=key, why="The council set its own limit.")
    messages.success(request, f"Set from {short_day(from_on)}. {AGAIN} It still has to be signed off.")
    return redirect("rule", key=key)


@for_those_who_sign
@require_POST
def end_own_limit(request: HttpRequest, key: str) -> HttpResponse:
    """The national rule or the default holds again from today."""
    versions_of(key)
    try:
        end_override(rule_in_force(key), localdate())
    except ValueError as refused:
        return _rule_page(request, key, str(refused), 422)
    jobs.enqueue(reckon_again, key=key, why="The council’s own limit ended.")
    messages.success(request, f"The council’s own limit has ended. {AGAIN}")
    return redirect("rule", key=key)
