"""How long records are kept: for information governance. What is on hold, whose day is past, and what was decided of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.queries import names_of_users
from goldthread.core.people.models import Person
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.face.web.shares import governs_information
from goldthread.ground.access.predicate import withheld_among
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.counting import limit_in_words
from goldthread.ground.time.periods import add_months, add_years
from goldthread.ground.time.queries import rule
from goldthread.ground.time.words import short_day
from goldthread.out.rights import actions
from goldthread.out.rights.classes import CLASSES, LAST_ENTRY, LOOKED_AFTER, SEXUAL_ABUSE
from goldthread.out.rights.models import Decided, Hold
from goldthread.out.rights.queries import Kept, decided_to_go, kept, live_holds, past_their_day
from goldthread.pathway.questions import Day, One

FORM = "web/form.jinja"
A_PAGE = 100
CHILD, CLASS, ALL = "child", "class", "all"
NOTHING_GOES = "Goldthread destroys nothing: what is agreed here is a list to act on, and the trail keeps what changed."


def _back() -> tuple[str, str]:
    return reverse("keeping"), "How long records are kept"


@login_required
@require_GET
def keeping(request: HttpRequest) -> HttpResponse:
    """The rules, the holds, those whose day is past, and what was decided."""
    governs_information(request)
    user, today = request.user, localdate()
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 1
    found = list(past_their_day(user.pk or 0, today)[(page - 1) * A_PAGE : page * A_PAGE + 1])
    past = [one for one in kept(found[:A_PAGE]) if one.may_go(today)]
    holds, decided = list(live_holds()), list(decided_to_go(user.pk or 0))
    agreed = [one for one in decided if one.agreed_at is not None]
    away = withheld_among(user.pk or 0, [hold.child_id for hold in holds if hold.child_id])
    people = [
        *(one.person for one in past),
        *(one.child for one in decided),
        *(hold.child for hold in holds if hold.child and hold.child_id not in away),
    ]
    named = _named(request, people)
    by = names_of_users([*(hold.set_by_id for hold in holds), *(one.by_id for one in decided), *(one.agreed_by_id for one in decided)])
    context = {
        "rules": _rules(),
        "nothing_goes": NOTHING_GOES,
        "past": [_past(one, named) for one in past],
        "holds": [_hold(hold, named, away, by, today) for hold in holds],
        "waiting": [_decided(one, named, by) for one in decided if one.agreed_at is None],
        "agreed": [_agreed(one, now, named, by) for one, now in zip(agreed, kept(one.child for one in agreed), strict=True)],
        "page": page,
        "has_more": len(found) > A_PAGE,
    }  # fmt: skip
    return render(request, "web/keeping.jinja", context)


def _named(request: HttpRequest, people: Iterable[Person]) -> dict[int, str]:
    """By name whom the reader has a reason of their own to see, others by reference alone; the look is written down."""
    found = {one.pk: one for one in people}
    seen = set(Person.objects.seen_by(request.user).filter(pk__in=found).values_list("pk", flat=True))
    log_reading(request.user, "list", "how long records are kept", found)
    return {pk: f"{one} ({one.reference})" if pk in seen else one.reference for pk, one in found.items()}


def _rules() -> list[list[Any]]:
    """What is kept, how long, on what footing. The council's own limits are set under Rules."""
    asked = [("Every child’s record", LAST_ENTRY), *((one.words, key) for one in CLASSES.values() for key in one.from_birth)]
    asked += [("A child ever on a plan for sexual abuse", SEXUAL_ABUSE), ("A looked-after child", LOOKED_AFTER[0])]
    asked.append(("A looked-after child who died before 18", LOOKED_AFTER[1]))
    found = [(words, rule(key)) for words, key in asked]
    return [
        [words, f"{limit_in_words(one)} from {one.trigger}", one.kind, {"words": one.authority, "note": one.exceptions}]
        for words, one in found
    ]


def _past(one: Kept, named: dict[int, str]) -> list[Any]:
    """The reference leads to where it is decided."""
    until, last = one.keeping.until, one.life.last_entry
    note = f"Kept longer until {short_day(one.decided.until_on)}: {one.decided.why}" if one.decided and one.decided.until_on else ""
    who = {"words": named[one.person.pk], "note": note, "href": reverse("decide_keeping", args=[one.person.reference])}
    return [who, short_day(last) if last else "", short_day(until) if until else ""]


def _hold(hold: Hold, named: dict[int, str], away: set[int], by: dict[int, str], today: Any) -> dict[str, Any]:
    if hold.child_id in away:
        what = "A record that is kept from you"
    elif hold.child_id:
        what = named[hold.child_id]
    else:
        what = CLASSES[hold.kept_as].words if hold.kept_as else "Everything"
    return {
        "row": hold,
        "what": what,
        "is_due": hold.review_on <= today,
        "facts": [
            {"key": "Asked for by", "value": hold.asked_by},
            *([] if hold.child_id in away else [{"key": "Why", "value": hold.why}]),
            {"key": "Since", "value": f"{short_day(hold.from_on)}, placed by {by.get(hold.set_by_id, '')}"},
            {"key": "Look at it again", "value": short_day(hold.review_on)},
        ],
    }


def _decided(one: Decided, named: dict[int, str], by: dict[int, str]) -> list[Any]:
    who = {"words": named[one.child_id], "href": reverse("agree_keeping", args=[one.pk])}
    return [who, one.why, {"words": by.get(one.by_id, ""), "note": short_day(localtime(one.at).date())}]


def _agreed(one: Decided, now: Kept, named: dict[int, str], by: dict[int, str]) -> list[Any]:
    """What was agreed, and whether it still holds: a hold or a new entry since keeps the record."""
    who = {"words": named[one.child_id], "href": reverse("agree_keeping", args=[one.pk])}
    said = f"{by.get(one.by_id, '')} and {by.get(one.agreed_by_id or 0, '')}"
    when = short_day(localtime(one.agreed_at).date()) if one.agreed_at else ""
    return [
        who,
        {"words": said, "note": when},
        "Yes" if now.may_go(localdate()) else "No: on hold" if now.holds else "No: written in since",
    ]


@login_required
@require_http_methods(["GET", "POST"])
def place_hold(request: HttpRequest) -> HttpResponse:
    governs_information(request)
    asks = [
        Ask("scope", One("What is to be held?"), options=[(CHILD, "One child’s record"), (CLASS, "A kind of record"), (ALL, "Everything")], needed=True),
        Ask("reference", line("What is the child’s reference?"), when=("scope", [CHILD], "One child’s record")),
        Ask("kept_as", One("Which kind of record?"), options=[(code, one.words) for code, one in CLASSES.items()], when=("scope", [CLASS], "A kind of record")),
        Ask("asked_by", line("Who asked for it?", "The court, the inquiry, the insurer, the complaint and its number."), needed=True),
        Ask("why", prose("Why?", "Only information governance reads this."), needed=True),
        Ask("from_on", Day("Since when?"), needed=True),
        Ask("review_on", Day("When is it to be looked at again?", may_be_ahead=True), needed=True),
    ]  # fmt: skip
    today = localdate()

    def keep(values: dict[str, Any]) -> str:
        scope, reference, code = values.pop("scope"), values.pop("reference"), values.pop("kept_as")
        child = _child(request, reference or "") if scope == CHILD else None
        if scope == CLASS and not code:
            raise Impossible("Choose the kind of record.", "kept_as")
        actions.place_hold(child=child, kept_as=code if scope == CLASS else None, by=request.user, **values)
        return "It is held from now on."

    lead = "While it is held nothing of it may be agreed to be destroyed, whatever its day. Somebody else with your duty ends it."
    context = {"heading": "Place a hold", "lead": lead, "button": "Place it", "back": _back()}
    form = Form.of(request, asks, {"from_on": today, "review_on": add_months(today, 6)})
    return answered(request, form, do=keep, done="", to=_back()[0], context=context, template=FORM)


def _child(request: HttpRequest, reference: str) -> Person:
    """Impossible, in the same words, where there is nobody and where the reader may not be told."""
    found = Person.objects.standing().filter(reference=reference.strip().upper(), recorded_as_adult=False).first()
    if found is None or withheld_among(request.user.pk or 0, [found.pk]):
        raise Impossible("There is no child with this reference.", "reference")
    log_reading(request.user, "list", "a hold on a record", [found.pk])
    return found


@login_required
@require_http_methods(["GET", "POST"])
def review_hold(request: HttpRequest, key: int) -> HttpResponse:
    """It was looked at again, and stands."""
    governs_information(request)
    hold = _open_hold(request, key)
    form = Form.of(request, [Ask("review_on", Day("When is it to be looked at next?", may_be_ahead=True), needed=True)], {"review_on": add_months(localdate(), 6)})  # fmt: skip

    def keep(values: dict[str, Any]) -> None:
        actions.look_again(hold=hold, review_on=values["review_on"])

    context = {"heading": "The hold was looked at again", "lead": f"{hold.asked_by}: {hold.why}", "button": "It stands", "back": _back()}
    return answered(request, form, do=keep, done="Kept.", to=_back()[0], context=context, template=FORM)


@login_required
@require_http_methods(["GET", "POST"])
def end_hold(request: HttpRequest, key: int) -> HttpResponse:
    governs_information(request)
    hold = _open_hold(request, key)

    def keep(values: dict[str, Any]) -> None:
        actions.end_hold(hold=hold, why=values["why"], by=request.user)

    form = Form.of(request, [Ask("why", prose("Why does it end?"), needed=True)])
    context = {
        "heading": "End the hold",
        "lead": f"{hold.asked_by}: {hold.why}",
        "button": "End it",
        "button_kind": "danger",
        "back": _back(),
    }
    return answered(request, form, do=keep, done="The hold has ended.", to=_back()[0], context=context, template=FORM)


def _open_hold(request: HttpRequest, key: int) -> Hold:
    hold = get_object_or_404(live_holds(), pk=key)
    _not_withheld(request, hold.child)
    return hold


def _not_withheld(request: HttpRequest, child: Person | None) -> None:
    if child is not None and withheld_among(request.user.pk or 0, [child.pk]):
        raise Refused(f"how long person {child.reference} is kept", (child.pk,))


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Of a record whose day is past: longer, and until when; or that it may be destroyed, if somebody else agrees."""
    governs_information(request)
    child = get_object_or_404(Person.objects.standing(), reference=reference)
    _not_withheld(request, child)
    who = _named(request, [child])[child.pk]
    asks = [
        Ask("outcome", One("What is to become of it?"), options=list(Decided.OUTCOMES.items()), needed=True),
        Ask("until_on", Day("Until when is it kept?", may_be_ahead=True), when=("outcome", [Decided.KEEP], Decided.OUTCOMES[Decided.KEEP])),
        Ask("why", prose("Why?"), needed=True),
    ]

    def keep(values: dict[str, Any]) -> str:
        if values["outcome"] == Decided.KEEP:
            if values["until_on"] is None:
                raise Impossible("Say until when.", "until_on")
            actions.keep_longer(child=child, until_on=values["until_on"], why=values["why"], by=request.user)
            return f"{child.reference} is kept until {short_day(values['until_on'])}."
        actions.may_go(child=child, why=values["why"], by=request.user)
        return f"{child.reference} waits for somebody else to agree."

    now = kept([child])[0].keeping
    lead = " ".join([f"{one.rule.process}: {one.why}." for one in now.asked] + [NOTHING_GOES])
    context = {"heading": f"What is to become of {who}?", "lead": lead, "button": "Decide", "back": _back()}
    form = Form.of(request, asks, {"until_on": add_years(localdate(), 5)})
    return answered(request, form, do=keep, done="", to=_back()[0], context=context, template=FORM)


@login_required
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, key: int) -> HttpResponse:
    """The second person's word; or it is taken back, by anybody with the duty, at any time."""
    governs_information(request)
    decided = get_object_or_404(Decided.objects.filter(outcome=Decided.MAY_GO, ended_at=None).select_related("child"), pk=key)
    _not_withheld(request, decided.child)
    who, by = _named(request, [decided.child])[decided.child_id], names_of_users([decided.by_id])
    waits = decided.agreed_at is None and decided.by_id != request.user.pk
    options = [("agree", "Agree: it may be destroyed")] if waits else []
    asks = [
        Ask("answer", One("What do you say?"), options=[*options, ("back", "Take it back: it is kept")], needed=True),
        Ask("why", prose("Why not?"), when=("answer", ["back"], "Take it back: it is kept")),
    ]

    def keep(values: dict[str, Any]) -> str:
        if values["answer"] == "agree":
            actions.agree(decided=decided, by=request.user)
            return f"Agreed. {NOTHING_GOES}"
        if not values["why"]:
            raise Impossible("Say why it is kept.", "why")
        actions.take_back(decided=decided, why=values["why"], by=request.user)
        return f"{decided.child.reference} is kept."

    lead = f"{by.get(decided.by_id, '')}, {short_day(localtime(decided.at).date())}: {decided.why}"
    context = {"heading": f"May the record of {who} be destroyed?", "lead": lead, "button": "Answer", "back": _back()}
    return answered(request, Form.of(request, asks), do=keep, done="", to=_back()[0], context=context, template=FORM)
