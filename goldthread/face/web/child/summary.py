"""The child in one minute: who must be kept away, where the child is tonight, why we are involved, what happens next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldthread.core.agencies.withholding import secrets_in
from goldthread.core.people.models import Person
from goldthread.core.people.queries import addresses_of, where_living
from goldthread.core.work.models import Clock, Task
from goldthread.face.web.child.around import carers, living_in_words, professional, small_drawing, team_cards
from goldthread.face.web.child.entries import entry_of
from goldthread.face.web.child.kin import kin_of
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import KEPT_AWAY, VISITING, ChildPage, Standing
from goldthread.face.web.child.queries import (
    Written,
    clocks_of,
    headers_of,
    involved_now,
    latest_entries,
    tasks_of_child,
    written_about,
)
from goldthread.face.web.due import authority_of, due_in_words, why_in_words
from goldthread.face.web.links import to, to_step
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.words import day_in_words, short_day

STALE_AFTER = 90  # days; LOCAL: nobody should act at night on a reason a quarter of a year old without being told so
LATEST = 10
LONGEST = 420


@dataclass(frozen=True)
class Why:
    """Why we are involved: whose words, from what, how old."""

    words: str
    source: str
    reference: str
    by: str
    on: str
    stale: str = ""
    began: str = ""


@require_GET
@about_child
def summary(request: HttpRequest, person: Person) -> HttpResponse:
    child = ChildPage(request, person)
    headers = headers_of(child.rows, request.user)
    seen = {h.pk for h in headers if h.is_seen}
    told = written_about(child.rows, headers)
    child.plans = plans_among(told, child.today)
    written = [one for one in told if one.pk in seen]
    kin = kin_of(person, request.user, child.today)
    stays = addresses_of(person)
    tasks, clocks = tasks_of_child(child.rows, seen), clocks_of(child.rows, seen)
    involved = involved_now(child.rows, child.today)
    child.keep_off_paper(secrets_in([stay.address for stay in stays if stay.is_confidential], involved))
    entries = [entry_of(one, child.today, child.paper) for one in latest_entries(child.rows, headers, LATEST)]
    context = child.context(
        "child",
        child.name,
        away=[w for w in child.warnings if w.alert.kind in KEPT_AWAY],
        visiting=[w for w in child.warnings if w.alert.kind in VISITING],
        others=[w for w in child.warnings if w.alert.kind not in (*KEPT_AWAY, *VISITING, "tonight")],
        tonight=[w for w in child.warnings if w.alert.kind == "tonight"],
        living=living_in_words(where_living(person, child.today, stays), kin, child.today),
        last_seen=last_seen(written, child),
        why=why_involved(written, child.today),
        closed=closed_since(written, child),
        plan=plan_in_lines(written),
        protection=protection_in_words(written, child),
        voices=voices(written)[:4],
        steps=next_steps(tasks, clocks),
        entries=entries,
        has_more=len(seen) > LATEST,
        drawing=small_drawing(kin, child),
        carers=carers(kin),
        team=team_cards(child),
        professionals=[professional(one) for one in involved],
        direction=next((w for w in written if w.kind == "direction"), None),
        said_on=said_on,
        is_imported=person.origin == Person.Origin.IMPORTED and not person.is_named,
        numbers=numbers_of(person) if not person.is_named else [],
    )
    return render(request, "web/child/summary.jinja", context)


def plans_among(told: list[Written], today: date) -> list[Standing]:
    """The plans that hold, from what has been read already; as `page.plans_now` finds them."""
    kinds = {"protection": "protection", "plan": "in_need"}
    found = [
        Standing(
            kinds[one.kind],
            one.reference,
            (one.day if one.kind == "protection" else None) or one.on,
            one.code if one.kind == "protection" else None,
        )
        for one in told
        if one.kind in kinds and (one.until is None or one.until > today) and one.state == "agreed"
    ]
    return sorted(found, key=lambda plan: (plan.kind != "protection", -plan.since.toordinal()))


def numbers_of(person: Person) -> list[str]:
    """By which a child without a name is known."""
    from goldthread.core.people.identifier_systems import system

    rows = person.identifiers.filter(until_on=None).order_by("pk")
    return [f"{system(row.system).words}: {row.value}" for row in rows]


def said_on(day: date) -> str:
    return short_day(day)


def cut(words: str | None) -> str:
    """The beginning of what was written, for a page that is read in a minute; the whole is one press away."""
    line = (words or "").strip()
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + " …"


def ago(day: date, today: date) -> str:
    """ "today", "3 days ago", "5 weeks ago", "7 months ago"."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 21:
        return f"{days} days ago"
    if days < 90:
        return f"{days // 7} weeks ago"
    months = days // 30
    return f"{months} months ago" if months < 24 else f"{days // 365} years ago"


def why_involved(written: list[Written], today: date) -> Why | None:
    """From the newest assessment or referral, whichever is later, with how old it is.

    An assessment of the day of its referral comes after it: it says more.
    """
    told = [one for one in written if one.kind in ("referral", "assessment") and (one.words or one.more)]
    for one in sorted(told, key=lambda one: (one.on, one.kind == "assessment"), reverse=True):
        words = (one.more or one.words) if one.kind == "assessment" else one.words
        age = (today - one.on).days
        stale = f"This is {ago(one.on, today).removesuffix(' ago')} old. Check it before you act on it." if age > STALE_AFTER else ""
        source = {"referral": "the referral", "assessment": "the assessment’s analysis"}[one.kind]
        began = cut(one.words) if one.kind == "assessment" and one.more else ""
        return Why(cut(words), source, one.reference, one.by or "not known by whom", short_day(one.on), stale, began)
    return None


def closed_since(written: list[Written], child: ChildPage) -> str:
    """When nobody answers for the child and the last thing decided was to close."""
    if child.allocations:
        return ""
    return next((f"Closed on {short_day(one.until)}" for one in written if one.kind == "closure" and one.until), "")


def plan_in_lines(written: list[Written]) -> dict[str, Any] | None:
    """What must change, who helps, what happens if not; and when it is looked at again."""
    plan = next((one for one in written if one.kind == "plan" and one.until is None), None)
    if plan is None:
        return None
    reviewed = next((one for one in written if one.kind == "review"), None)
    return {
        "reference": plan.reference,
        "since": short_day(plan.on),
        "change": cut(plan.words),
        "helps": cut(reviewed.more if reviewed and reviewed.on >= plan.on and reviewed.more else plan.more),
        "if_not": cut(plan.code),
        "review": short_day(plan.day) if plan.day else "",
        "reviewed": short_day(reviewed.on) if reviewed and reviewed.on >= plan.on else "",
        "is_imported": plan.origin != "here",
    }


def protection_in_words(written: list[Written], child: ChildPage) -> str:
    """The protection plan that holds, with its last review; it stands apart from legal status and from any other plan."""
    plan = next((one for one in child.plans if one.kind == "protection"), None)
    if plan is None:
        return ""
    held = [one.day for one in written if one.kind == "review_conference" and one.day]
    return f"{plan.words}. " + (f"Last reviewed {short_day(max(held))}." if held else "No review on file.")


def voices(written: list[Written]) -> list[dict[str, str]]:
    """What the child says, newest first, in the child's own words."""
    where = {"assessment": "in the assessment", "enquiry": "in the enquiry", "plan": "for the plan", "visit": "at a visit", "voice": ""}
    where |= {"conference": "for the conference", "review_conference": "for the review"}
    return [
        {"words": cut(one.voice), "on": short_day(one.on), "by": one.by or "", "where": where[one.kind], "reference": one.reference}
        for one in written
        if one.voice and one.kind in where
    ]


def last_seen(written: list[Written], child: ChildPage) -> dict[str, str]:
    """When and by whom the child was last seen, and whether alone; the newest day, not the newest record."""
    seen = [one for one in written if one.day and (one.kind == "assessment" or (one.kind in ("visit", "enquiry") and one.is_also))]
    if not seen:
        missed = next((one for one in written if one.kind == "assessment" and one.is_also is False), None)
        if missed:
            return {
                "words": f"Not seen in the assessment of {short_day(missed.on)}",
                "why": missed.code or "",
                "reference": missed.reference,
            }
        return {"words": f"No assessment, enquiry or visit here says when {child.first} was last seen", "why": "", "reference": ""}
    newest = max(seen, key=lambda one: one.day or one.on)
    day = newest.day or newest.on
    alone = "seen alone" if newest.is_so else "not alone" if newest.is_so is False else "whether alone is not recorded"
    said = f"{day_in_words(day, child.today)}, {ago(day, child.today)}, {alone}, by {newest.by or 'not known by whom'}"
    return {
        "words": said,
        "why": f"Why not alone: {codes('visit.why_not_alone').label(newest.code).lower() if newest.kind == 'visit' else newest.code}"
        if newest.is_so is False and newest.code
        else "",
        "reference": newest.reference,
    }


def next_steps(tasks: list[Task], clocks: list[Clock]) -> list[dict[str, Any]]:
    """Tasks with every clock of their record, then clocks for which nobody has a task: what, whose, by when and why."""
    lines: list[dict[str, Any]] = []
    for task in tasks:
        clock = task.clock
        lines.append(
            {
                "what": task.what,
                "whose": task.worker.name
                if task.worker
                else task.team.name
                if task.team
                else "On duty: " + (task.duty or "").replace("_", " "),
                "href": to_step(task.record, task.step),
                "dues": [_due(task.due_on, clock)] if task.due_on else [],
                "record": task.record_id,
            }
        )
    told = {task.clock_id for task in tasks if task.clock_id}
    for clock in clocks:
        line = next((line for line in lines if line["record"] == clock.record_id and line["dues"]), None)
        if clock.pk in told or clock.due_on is None:
            continue
        if line is None:
            line = {
                "what": clock.rule.process,
                "whose": "",
                "href": to("record", clock.record.reference),
                "dues": [],
                "record": clock.record_id,
            }
            lines.append(line)
        line["dues"].append(_due(clock.due_on, clock))
    return lines


def _due(due_on: date | None, clock: Clock | None) -> dict[str, Any] | None:
    said = due_in_words(due_on, clock)
    if said is None or clock is None:
        return said
    return said | {"kind": clock.rule.kind, "rule": why_in_words(clock), "authority": authority_of(clock.rule)}
