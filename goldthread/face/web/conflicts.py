"""“I know this family”: declared by a worker for themselves, or entered for them; then the record is kept from that worker.

What somebody declared is private: it is read by the restricted-records lead, and by administrators without a name.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.models import Worker
from goldthread.core.agencies.queries import names_of_users, user_of
from goldthread.core.agencies.setting_up.queries import members
from goldthread.core.people.models import Person
from goldthread.core.people.queries import family_of, merged_with
from goldthread.core.work.leaving.actions import step_back
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.face.web.child.opening import about_person
from goldthread.face.web.child.queries import seen_or_hidden
from goldthread.face.web.frame import is_administrator
from goldthread.face.web.links import to_child
from goldthread.ground.access.actions import declare_conflict, end_conflict
from goldthread.ground.access.models import Conflict, User
from goldthread.ground.access.predicate import standing
from goldthread.ground.access.queries import live_conflicts
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Many, One

FORM = "web/form.jinja"
HOW = "A neighbour, a relative, a friend, your own child’s class. Only the restricted-records lead reads it."


def is_lead(user: Any) -> bool:
    return "restricted_lead" in standing(user).duties


def _looks_after(request: HttpRequest) -> None:
    if not (is_lead(request.user) or is_administrator(request.user)):
        raise Refused("declared conflicts")


@require_http_methods(["GET", "POST"])
@about_person
def know_them(request: HttpRequest, person: Person) -> HttpResponse:
    """From the record of somebody the worker turns out to know: it, and those of the family who are ticked, are kept from them at once."""
    family = relatives(person, request.user)
    asks = [Ask("why", prose("How do you know them?", HOW), needed=True)]
    if family:
        options = [(pk, str(one)) for pk, one in family.items()]
        asks.append(
            Ask(
                "also", Many("Whom of the family do you know, too?", hint="Their records are kept from you with this one."), options=options
            )
        )
    form = Form.of(request, asks, {"also": list(family)})

    def keep(values: dict[str, Any]) -> str:
        known = [person, *(family[pk] for pk in values.get("also") or [])]
        for one in known:
            _declare(request.user, one, values["why"], request.user)
        given_back = _stepped_back(request.user, known)
        again = " You were the worker: the team’s manager names somebody else." if given_back else ""
        return f"Thank you. The record is kept from you from now on.{again} If you must hand something over, tell your manager."

    context = {
        "heading": "I know this family",
        "lead": "Say so as soon as you see it. You leave the record, and come back to it only when the restricted-records lead ends this.",
        "button": "Keep the record from me",
        "back": (to_child(person), str(person)),
    }
    return answered(request, form, do=keep, done="", to=reverse("home"), context=context, template=FORM)


def _declare(user: Any, person: Person, why: str, by: Any, whom: str | None = None) -> None:
    """With the duplicates merged into the person: records may hang on any of the rows."""
    for row in merged_with(person):
        declare_conflict(user=user, person=row, why=why, whom=whom, by=by)


def relatives(person: Person, user: Any) -> dict[str, Person]:
    """Those one tie away and in the same home whom the user may see, by key."""
    family = family_of(person)
    tied = [one.person for one in [*family.parents, *family.children, *family.partners, *family.others]]
    around = [*tied, *(one.person for one in family.siblings), *family.household]
    found = {one.pk: one for one in around if one.pk != person.pk}
    seen, _ = seen_or_hidden(user, set(found))
    return {str(pk): one for pk, one in found.items() if pk in seen}


def _stepped_back(user: Any, people: list[Person]) -> int:
    """Children of theirs go back to the team; how many."""
    user._standing = None
    held = standing(user)
    worker = Worker.objects.filter(pk=held.worker_id).first() if held.worker_id else None
    return step_back(worker=worker, children={row for one in people for row in merged_with(one)}) if worker else 0


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What I have declared, in my own words, and telling of a family whose record I have not seen.

    It never says whether there is such a record: that alone would tell of the family.
    """
    asks = [
        Ask("whom", prose("Who is it?", "Names, ages and where they live, as far as you know."), needed=True),
        Ask("why", prose("How do you know them?", HOW), needed=True),
    ]

    def keep(values: dict[str, Any]) -> None:
        declare_conflict(user=request.user, whom=values["whom"], why=values["why"], by=request.user)  # type: ignore[arg-type]

    own = [one for one in live_conflicts().filter(user=request.user.pk).order_by("-declared_at") if one.declared_by_id == request.user.pk]
    told = [{"words": one.whom or one.why, "when": short_day(localtime(one.declared_at).date())} for one in own]
    context = {
        "heading": "Families I know",
        "lead": "If you know a family outside work, say so here. Should there be a record, it is kept from you, and you will not be told whether there is.",
        "button": "Tell the restricted-records lead",
        "back": (reverse("home"), "My work"),
        "told": told,
    }
    done = "Thank you. The restricted-records lead sees to it."
    return answered(
        request,
        Form.of(request, asks),
        do=keep,
        done=done,
        to=reverse("own_conflicts"),
        context=context,
        template="web/own_conflicts.jinja",
    )


@login_required
@require_GET
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every declaration that holds: those in words, waiting to be matched, first."""
    _looks_after(request)
    rows = [row for row in live_conflicts() if row.user_id != request.user.pk]
    lead = is_lead(request.user)
    people = Person.objects.in_bulk([row.person for row in rows if row.person])
    names = names_of_users([row.user_id for row in rows] + [row.declared_by_id for row in rows])
    log_reading(request.user, "list", "declared conflicts", people)
    shown = [
        {
            "key": row.pk,
            "who": names.get(row.user_id) or row.user.get_username(),
            "whom": _whom(row, people, lead),
            "why": row.why if lead else "",
            "when": short_day(localtime(row.declared_at).date()),
            "by": "" if row.declared_by_id == row.user_id else names.get(row.declared_by_id) or row.declared_by.get_username(),
            "waits": row.person is None,
        }
        for row in rows
        if (lead if row.person is None else not (row.person in people and people[row.person].merged_into_id))
    ]
    return render(request, "web/conflicts.jinja", {"shown": shown, "is_lead": lead})


def _whom(row: Conflict, people: dict[int, Person], lead: bool) -> str:
    """Who it is: to an administrator a reference alone."""
    if row.person is None:
        return row.whom or ""
    person = people.get(row.person)
    if person is None:
        return "Somebody no longer on file"
    return f"{person}, {person.reference}" if lead else person.reference


def _person_of(reference: str, request: HttpRequest, about: str = "reference") -> Person:
    """By reference. Impossible where there is nobody of that reference."""
    person = Person.objects.filter(reference=reference.strip().upper(), merged_into=None).first()
    if person is None:
        raise Impossible("There is nobody with this reference. It stands beside the name on every page of the record.", about)
    log_reading(request.user, "view", f"declared conflict with person {person.reference}", [person.pk])
    return person


REFERENCE = Ask("reference", line("What is the reference of the record?", "It stands beside the name. One record at a time: enter brothers and sisters too."), needed=True)  # fmt: skip


def _enter(user: User, person: Person, why: str, by: Any, whom: str | None = None) -> str:
    if user.pk == by.pk:
        raise Impossible("Declare what is your own under “Families I know”.", "worker")
    _declare(user, person, why, by, whom)
    given_back = _stepped_back(user, [person])
    return f"Record {person.reference} is kept from them.{' The child goes back to the team.' if given_back else ''}"


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """For a worker who told somebody: the lead or an administrator enters it."""
    _looks_after(request)
    workers = {str(one.worker.pk): one.worker for one in members("", localtime().date(), only="here")[0] if one.sign_in}
    asks = [
        Ask("worker", One("Which worker knows them?"), options=[(pk, one.name) for pk, one in workers.items()], needed=True),
        REFERENCE,
        Ask("why", prose("How do they know them?"), needed=True),
    ]

    def keep(values: dict[str, Any]) -> str:
        user = User.objects.get(pk=user_of(workers[values["worker"]].pk) or 0)
        return _enter(user, _person_of(values["reference"], request), values["why"], request.user)

    context = {"heading": "Enter a conflict", "button": "Keep the record from them", "back": (reverse("conflicts"), "Declared conflicts")}
    form = Form.of(request, asks, {"reference": request.GET.get("reference", "")[:20] or None})
    return answered(request, form, do=keep, done="", to=reverse("conflicts"), context=context, template=FORM)


def _live(request: HttpRequest, key: int) -> Conflict:
    """One that this user may look after: not their own."""
    _looks_after(request)
    row = get_object_or_404(live_conflicts(), pk=key)
    if row.user_id == request.user.pk or (row.person is None and not is_lead(request.user)):
        raise Refused("a declared conflict")
    return row


@login_required
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, key: int) -> HttpResponse:
    """The lead finds the record that a worker meant; several, one after another. What was told in words stands until it is ended."""
    row = _live(request, key)
    if row.person is not None:
        return redirect("conflicts")

    def keep(values: dict[str, Any]) -> str:
        return _enter(row.user, _person_of(values["reference"], request), row.why, request.user, row.whom)

    name = names_of_users([row.user_id]).get(row.user_id) or row.user.get_username()
    context = {
        "heading": f"Whom does {name} know?",
        "lead": f"“{row.whom}”",
        "button": "Keep this record from them",
        "back": (reverse("conflicts"), "Declared conflicts"),
    }
    return answered(request, Form.of(request, [REFERENCE]), do=keep, done="", to=request.path, context=context, template=FORM)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: int) -> HttpResponse:
    """It was a mistake, or stands no more, or what was told in words has been seen to. Never by the worker themselves."""
    row = _live(request, key)
    asks = [Ask("why", prose("Why does it end?", "Matched with the records, there is no such record, or what was a mistake."), needed=True)]
    name = names_of_users([row.user_id]).get(row.user_id) or row.user.get_username()

    def keep(values: dict[str, Any]) -> None:
        person = Person.objects.filter(pk=row.person).first() if row.person else None
        for one in live_conflicts().filter(user=row.user, person__in=merged_with(person)) if person else [row]:
            end_conflict(conflict=one, by=request.user, why=values["why"])  # type: ignore[arg-type]

    context = {"heading": f"End what {name} declared", "button": "End it", "back": (reverse("conflicts"), "Declared conflicts")}
    return answered(request, Form.of(request, asks), do=keep, done="Ended.", to=reverse("conflicts"), context=context, template=FORM)
