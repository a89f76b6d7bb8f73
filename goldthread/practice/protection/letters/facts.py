"""Facts that letters about a conference may hold. Each reads what the record says; which letter has which is for its kind to allow."""

from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any

from django.utils import timezone

from goldthread.core.documents.typeset import Block
from goldthread.core.records.models import Record
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.letters.composing import called
from goldthread.pathway.letters.declared import Facts, Recipient
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.meeting.queries import next_day
from goldthread.pathway.queries import adults_of, children_of, detail_of
from goldthread.pathway.registry import definition_of
from goldthread.practice.protection.conferences.conference import PLAN, ConferenceAdult, ConferenceChild
from goldthread.practice.protection.conferences.core_group import CoreGroup
from goldthread.practice.protection.conferences.review_conference import ReviewConference
from goldthread.practice.protection.copies import HEADINGS, Copy, copy_for
from goldthread.practice.protection.queries import newest_words

WHOLE, SPLIT, EXCLUDED, CHILD = "whole", "split", "excluded", "child"
COMES = "comes"
UNDECIDED = "The chair has not decided on their place at the conference yet."


def of_family(record: Record) -> list[Recipient]:
    """Each adult by the chair's decision; and each child who comes to it. Others are told by whoever works with them."""
    definition = definition_of(record.kind)
    adult = next(part for part in definition.parts() if issubclass(part, ConferenceAdult))
    child = next(part for part in definition.parts() if issubclass(part, ConferenceChild))
    children = children_of(record)
    place = dict(adult.objects.filter(record=record).values_list("person", "place"))
    comes = set(child.objects.filter(record=record, takes_part=COMES).values_list("person", flat=True))
    found = [
        Recipient(one, place.get(one.pk) or EXCLUDED, "" if place.get(one.pk) else UNDECIDED) for one in adults_of(adult, record, children)
    ]
    return found + [Recipient(one, CHILD) for one in children if one.pk in comes]


def moment_of(on: date, not_before: datetime | None = None) -> datetime:
    """A moment of that day, for a list that keeps moments: now if it is today, else noon, and never before what it rests on."""
    today = on == timezone.localdate()
    moment = timezone.now() if today else timezone.make_aware(datetime.combine(on, time_of_day(12)))
    return max(moment, not_before) if not_before else moment


def arranged(facts: Facts) -> Any:
    return facts.once("arranged", lambda: Arrangement.objects.filter(record=facts.record).select_related("chair").first())


def _detail(facts: Facts) -> Any:
    return facts.once("detail", lambda: detail_of(facts.record))


def names(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def children(facts: Facts) -> str:
    return "you" if facts.recipient.standing == CHILD else names([called(one) for one in facts.children])


def need(facts: Facts) -> str:
    return f"{children(facts)} {'needs' if len(facts.children) == 1 else 'need'}"


def them(facts: Facts) -> str:
    return "the child" if len(facts.children) == 1 else "the children"


def meeting(facts: Facts) -> str:
    return "a child protection review conference" if facts.record.kind == ReviewConference.kind() else "a child protection conference"


def meeting_was(facts: Facts) -> str:
    return "A" + meeting(facts)[1:]


def day(facts: Facts) -> str | None:
    held = arranged(facts)
    return f"{held.planned_on:%A %-d %B %Y}" if held and held.planned_on else None


def time(facts: Facts) -> str | None:
    """When they come: whoever comes apart has their own time and no other."""
    held = arranged(facts)
    return _at(facts.addressee.own_time if facts.recipient.standing == SPLIT else held and held.planned_at)


def _at(moment: Any) -> str | None:
    return f"{moment:%-I:%M}{'am' if moment.hour < 12 else 'pm'}" if moment else None


def place(facts: Facts) -> str | None:
    """Typed for this person. Where somebody lives in confidence no letter says where we meet: the place itself would tell."""
    return None if facts.has_secrets else facts.written(facts.addressee.come_to)


def tell_you_where(facts: Facts) -> str | None:
    return None if place(facts) else "We tell you ourselves where to come, and how to get there."


def chair(facts: Facts) -> str | None:
    held = arranged(facts)
    return held.chair.name if held and held.chair else None


def worker(facts: Facts) -> str | None:
    return facts.worker.name if facts.worker else None


def ring(facts: Facts) -> str:
    """A number only where nobody could learn from it where the worker, and so the family, is."""
    phone = facts.worker.phone if facts.worker else None
    if phone and not facts.has_secrets:
        return f"Ring {facts.worker.name}, your social worker, on {phone}."
    return "Ring us on the number you already have for us, or speak to your social worker."


def interpreter(facts: Facts) -> str | None:
    """What we do about it, never that it is done; whoever is kept out is promised nobody at the conference."""
    person = facts.recipient.person
    if not person.needs_interpreter:
        return None
    language = codes("language").label(person.interpreter_language) if person.interpreter_language else "your language"
    if facts.recipient.standing == EXCLUDED:
        return f"Ask us for an interpreter who speaks {language}, and to have this letter read to you."
    return f"We arrange for an interpreter who speaks {language} to be there for you. Ask us to have this letter read to you."


def reach_us(facts: Facts) -> str | None:
    return facts.written(facts.addressee.reach_us)


def own_words(facts: Facts) -> str | None:
    return facts.written(facts.addressee.own_words)


def held(facts: Facts) -> str | None:
    detail = _detail(facts)
    return f"{detail.held_on:%A %-d %B %Y}" if detail and detail.held_on else None


def _said_of(facts: Facts) -> dict[int, Any]:
    """What was decided, by child, for the children of this letter alone."""
    part = next(part for part in definition_of(facts.record.kind).parts() if issubclass(part, ConferenceChild))
    rows = facts.once("said", lambda: list(part.objects.filter(record=facts.record, person__in=facts.children)))
    return {row.person_id: row for row in rows}


def decisions(facts: Facts) -> list[Block]:
    said = _said_of(facts)
    return [Block("list", _decided(facts, called(child), said[child.pk])) for child in facts.children if child.pk in said]


def _decided(facts: Facts, name: str, row: Any) -> str:
    name, has = ("You", "have") if facts.recipient.standing == CHILD else (name[:1].upper() + name[1:], "has")
    if hasattr(row, "goes_on"):
        if row.goes_on:
            return f"{name}: the child protection plan goes on. {_category(row)}"
        after = codes("conference.after_plan").label(row.after) if row.after else ""
        return (
            f"{name}: the child protection plan has ended. What takes its place: {after[:1].lower()}{after[1:]}."
            if after
            else f"{name}: the child protection plan has ended."
        )
    if row.decision == PLAN:
        return f"{name} {has} a child protection plan from now on. {_category(row)}"
    label = codes("conference.decision").label(row.decision).split(": ", 1)
    return f"{name}: no child protection plan. What follows: {label[-1]}."


def _category(row: Any) -> str:
    return f"The reason for it is {codes('cin.abuse_category').label(row.category).lower()}." if row.category else ""


def _has_plan(row: Any) -> bool:
    return bool(getattr(row, "goes_on", None) or getattr(row, "decision", None) == PLAN)


def plan_means(facts: Facts) -> str | None:
    if not any(_has_plan(row) for row in _said_of(facts).values()):
        return None
    if facts.recipient.standing == CHILD:
        return "A plan says what has to change so that you are safe, who helps, and by when. Your social worker comes to see you."
    return (
        "A child protection plan says what has to change so that a child is safe, who helps, and by when. A social worker sees the child "
        "often. It does not take a child away from home: only a court can decide that."
    )


def plan_words(facts: Facts) -> list[Block]:
    return facts.once("plan", lambda: _plan_words(facts))


def _plan_words(facts: Facts) -> list[Block]:
    """The plan made since, as this person's copy of it has it; a part that names anybody else stays for the social worker to go through."""
    found: list[Block] = []
    for copy in _copies(facts):
        if copy.refused:
            facts.left_out.append(f"The words of the plan: {copy.refused}")
            continue
        for block in copy.blocks:
            words = _need(block.lines)
            if words and not facts.may_say(words):
                facts.left_out.append("A part of the plan: it names somebody, or a place. Go through it with them.")
            elif words and (line := Block("list", words)) not in found:
                found.append(line)
    return found


def _need(lines: list[tuple[str, str]]) -> str:
    """One need of the plan in a few sentences; empty for another block of the copy."""
    said = dict(lines)
    must_change, how, by_on = (said.get(HEADINGS[name], "").strip() for name in ("must_change", "how_we_know", "by_on"))
    if not must_change:
        return ""
    ended = must_change if must_change.endswith((".", "!", "?")) else f"{must_change}."
    return " ".join(part for part in (ended, how and f"How we shall know: {how.rstrip('.')}.", by_on and f"By when: {by_on}.") if part)


def _copies(facts: Facts) -> list[Copy]:
    """Their copy for all their children, where they may be told of all of those; else one for each child they may be told of."""
    found: dict[int, Copy] = {}
    person = facts.recipient.person
    for child, words in _plans(facts):
        whole = copy_for(words.record, person)
        is_all = {one.pk for one in whole.children} <= {one.pk for one in facts.children}
        found[words.record_id if is_all else -child.pk] = whole if is_all else copy_for(words.record, person, child)
    return list(found.values())


def _plans(facts: Facts) -> list[tuple[Any, Any]]:
    """Each child with a plan, and its words, where they were written since the conference."""
    on, said = getattr(_detail(facts), "held_on", None), _said_of(facts)
    newest = [(child, newest_words(child.pk)) for child in facts.children if child.pk in said and _has_plan(said[child.pk])]
    return [(child, words) for child, words in newest if words and on and words.written_on and words.written_on >= on]


def plan_copy(facts: Facts) -> str | None:
    if not any(_has_plan(row) for row in _said_of(facts).values()):
        return None
    return (
        "Your social worker goes through the plan with you."
        if plan_words(facts)
        else "The plan is written with the family. Your social worker goes through it with you."
    )


def core_group(facts: Facts) -> str | None:
    days = _days_of(CoreGroup, getattr(_detail(facts), "core_group_on", None), facts)
    return f"The people who carry out the plan meet first on {days}. They call this a core group." if days else None


def review(facts: Facts) -> str | None:
    days = _days_of(ReviewConference, getattr(_detail(facts), "next_on", None), facts)
    return f"Another conference looks at the plan again on {days}." if days else None


def _days_of(kind: type[Meeting], agreed: date | None, facts: Facts) -> str:
    """The day of each child's next meeting, as it is arranged: a child may have joined a brother's or sister's; else the day agreed."""
    said = _said_of(facts)
    children = [child for child in facts.children if child.pk in said and _has_plan(said[child.pk])]
    on_day: dict[date, list[str]] = {}
    for child in children:
        if day := next_day(kind, child.pk) or agreed:
            on_day.setdefault(day, []).append(called(child))
    if len(on_day) == 1:
        return f"{next(iter(on_day)):%A %-d %B %Y}"
    return names([f"{day:%A %-d %B %Y} for {names(who)}" for day, who in sorted(on_day.items())]) if on_day else ""
