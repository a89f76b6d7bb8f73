"""For the restricted-records lead: restricting a record, permitting a named person until a day, ending either.

A person and the duplicates merged into them are restricted, permitted and opened as one: records may hang on any of the rows.
"""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, make_aware
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.core.agencies.models import Holding, SignIn
from goldthread.core.agencies.queries import allocations_of, names_of_users, user_of
from goldthread.core.agencies.setting_up.queries import members
from goldthread.core.people.facts import Name
from goldthread.core.people.matching import DescribedPerson, possible_matches
from goldthread.core.people.models import Person
from goldthread.core.people.queries import family_of, merged_with
from goldthread.face.web.ages import age_in_words
from goldthread.face.web.child.asking import Ask, Form, answered, line, prose
from goldthread.face.web.conflicts import is_lead
from goldthread.ground.access.actions import end_grant, end_restriction, permit, restrict
from goldthread.ground.access.models import Grant, Restriction, User
from goldthread.ground.access.queries import known_to, live_grants, live_restriction, live_restrictions, may_be_told
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.words import short_day
from goldthread.pathway.questions import Day, Many, One

FORM = "web/form.jinja"
LISTED = "restricted_reviews"
FOR_DAYS = 180


def lead_only(request: HttpRequest) -> None:
    if not is_lead(request.user):
        raise Refused("restricted records")


def person_for(request: HttpRequest, reference: str) -> Person:
    """Whom the lead restricts or opens to others: anybody on file, but nobody the lead knows outside work."""
    lead_only(request)
    person = Person.objects.filter(reference=reference.upper(), merged_into=None).first()
    if person is None:
        raise Http404("There is no such person.")
    if not may_be_told(request.user.pk or 0, [person.pk]):
        raise Refused(f"restriction of person {reference}", (person.pk,))
    return person


def restricted_now(user: Any) -> list[dict[str, Any]]:
    """Every live restriction with its permits, but for those of people the lead knows. Four queries."""
    rows = list(live_restrictions().exclude(person__in=known_to(user.pk)))
    people = Person.objects.in_bulk([row.person for row in rows])
    permits: dict[int, list[Grant]] = {}
    for grant in live_grants().filter(person__in=people):
        permits.setdefault(grant.person, []).append(grant)
    names = names_of_users(grant.user_id for found in permits.values() for grant in found)
    return [
        _restriction(row, people[row.person], permits.get(row.person, []), names)
        for row in rows
        if row.person in people and not people[row.person].merged_into_id
    ]


def last_day(grant: Grant) -> str:
    """The last day on which it holds: one that ends at midnight does not hold on the day that begins then."""
    return short_day(localtime(grant.until_at - dt.timedelta(microseconds=1)).date())


def _restriction(row: Restriction, person: Person, grants: list[Grant], names: dict[int, str]) -> dict[str, Any]:
    return {
        "name": str(person),
        "person": person,
        "age": age_in_words(person, localdate()),
        "row": row,
        "since": short_day(localtime(row.set_at).date()),
        "permits": [
            {
                "key": grant.pk,
                "who": names.get(grant.user_id) or grant.user.get_username(),
                "until": last_day(grant),
                "why": grant.why,
                "is_emergency": grant.kind == Grant.BREAK_GLASS,
            }
            for grant in grants
        ],
    }


@login_required
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Whose record is it? By reference, or by names and day of birth: over everybody on file, each look written down."""
    lead_only(request)
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("reference", "given", "family", "born")}
    known = known_to(request.user.pk or 0)
    people = [person for person in _found(asked, request.user) if person.pk not in known]
    if any(asked.values()):
        log_reading(request.user, "search", f"record to restrict “{' '.join(asked.values()).strip()}”", [person.pk for person in people])
    restricted = set(live_restrictions().filter(person__in=[p.pk for p in people]).values_list("person", flat=True))
    found = [{"person": p, "name": str(p), "age": age_in_words(p, localdate()), "is_restricted": p.pk in restricted} for p in people]
    return render(request, "web/restrict_find.jinja", {"asked": asked, "is_asked": any(asked.values()), "found": found})


def _found(asked: dict[str, str], user: Any) -> list[Person]:
    """The person of that reference, or those whom name and birth may describe."""
    if asked["reference"]:
        return list(Person.objects.filter(reference=asked["reference"].upper(), merged_into=None))
    try:
        born = dt.date.fromisoformat(asked["born"])
    except ValueError:
        born = None
    if not (asked["given"] or asked["family"]):
        return []
    hits = possible_matches(DescribedPerson(name=Name(given=asked["given"], family=asked["family"]), born_on=born), user)
    kept = Person.objects.in_bulk([hit.person_id for hit in hits])
    return [kept[hit.person_id] for hit in hits if hit.person_id in kept]


@login_required
@require_http_methods(["GET", "POST"])
def restrict_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Why, and whom those who are stopped ring; whom of the family besides; and who goes on seeing it."""
    person = person_for(request, reference)
    if live_restriction(person.pk) is not None:
        return redirect(LISTED)
    family = {str(one.pk): one for one in _family(person)}
    working = _working_with([person, *family.values()], request.user.pk or 0)
    asks = [
        Ask("why", prose("Why is the record restricted?", "A worker’s family, an adoption, somebody at risk from a member of staff."), needed=True),
        Ask("lead_name", line("Whom do those who are stopped ring?"), needed=True),
        Ask("lead_phone", line("On which telephone number?", "One that somebody answers."), needed=True),
    ]  # fmt: skip
    if family:
        asks.append(Ask("also", Many("Whose records are restricted with it?", hint="What is written about brothers and sisters tells of each other."), options=[(pk, f"{one}, {age_in_words(one, localdate())}") for pk, one in family.items()]))  # fmt: skip
    if working:
        asks.append(Ask("keep", Many("Who goes on seeing it?", hint=f"For {FOR_DAYS} days. Nobody else does, whatever their post, unless you permit them."), options=list(working.items())))  # fmt: skip
    name = names_of_users([request.user.pk]).get(request.user.pk or 0, "")
    form = Form.of(request, asks, {"lead_name": name, "lead_phone": _phone_of(request.user), "also": list(family), "keep": list(working)})

    def keep(values: dict[str, Any]) -> str:
        told = {key: values[key] for key in ("why", "lead_name", "lead_phone")}
        hidden = [person, *(family[pk] for pk in values.get("also") or [])]
        for row in (row for one in hidden for row in merged_with(one)):
            restrict(person=row, by=request.user, **told)  # type: ignore[arg-type]
            for user in User.objects.filter(pk__in=values.get("keep") or []):
                if may_be_told(user.pk, [row]):
                    permit(user=user, person=row, why="Works with the family", by=request.user, days=FOR_DAYS)  # type: ignore[arg-type]
        return f"{', '.join(str(one) for one in hidden)}: restricted from everybody without a permit."

    log_reading(request.user, "view", f"restriction of person {person.reference}", [person.pk, *(one.pk for one in family.values())])
    context = {
        "heading": f"Restrict the record of {person}",
        "lead": f"{age_in_words(person, localdate())}, {person.reference}. From now on only those see it who are permitted, and who have a reason to see it besides.",
        "button": "Restrict",
        "button_kind": "danger",
        "back": (reverse("restrict_find"), "Find a record"),
    }
    return answered(request, form, do=keep, done="", to=reverse(LISTED), context=context, template=FORM)


def _family(person: Person) -> list[Person]:
    """Those around the person whose records are not restricted yet."""
    family = family_of(person)
    around = [*(one.person for one in family.parents), *(one.person for one in family.siblings), *(one.person for one in family.children)]
    found = {one.pk: one for one in around if one.pk != person.pk and not one.identity_protected}
    restricted = set(live_restrictions().filter(person__in=found).values_list("person", flat=True))
    return [one for pk, one in found.items() if pk not in restricted]


def _working_with(people: list[Person], but: int) -> dict[str, str]:
    """Sign-ins of those who answer for these people today, and of their team's managers, with their names; nobody permits themselves."""
    rows = [row for found in allocations_of([p.pk for p in people]).values() for row in found]
    today = localdate()
    managing = Holding.objects.on(today).filter(post__is_manager=True, post__team__in={row.team_id for row in rows})
    workers = {row.worker_id for row in rows if row.worker_id} | set(managing.values_list("worker_id", flat=True))
    held: QuerySet[SignIn] = SignIn.objects.on(today).filter(worker__in=workers, user__is_active=True).select_related("worker")
    return {str(row.user_id): row.worker.name for row in held.exclude(user_id=but).order_by("worker__name")}


def _phone_of(user: Any) -> str | None:
    held = SignIn.objects.on(localdate()).filter(user=user).select_related("worker").first()
    return held.worker.phone if held else None


@login_required
@require_http_methods(["GET", "POST"])
def permit_somebody(request: HttpRequest, reference: str) -> HttpResponse:
    """One named person, until a day, for a reason. It opens nothing that their post does not."""
    person = person_for(request, reference)
    if live_restriction(person.pk) is None:
        return redirect("restrict", reference=person.reference)
    found = {str(one.worker.pk): one.worker for one in members("", localdate(), only="here")[0] if one.sign_in}
    asks = [
        Ask("user", One("Who may see it?"), options=[(pk, worker.name) for pk, worker in found.items()], needed=True),
        Ask("until", Day("Until which day?", hint="The last day, within a year.", may_be_ahead=True), needed=True),
        Ask("why", prose("Why must they?"), needed=True),
    ]

    def keep(values: dict[str, Any]) -> str:
        user = User.objects.get(pk=user_of(found[values["user"]].pk) or 0)
        if user.pk == request.user.pk:
            raise Impossible("Another restricted-records lead must permit you: nobody opens a record to themselves.", "user")
        end_of = make_aware(dt.datetime.combine(values["until"] + dt.timedelta(days=1), dt.time.min))
        for row in merged_with(person):
            permit(user=user, person=row, why=values["why"], by=request.user, until=end_of)  # type: ignore[arg-type]
        return f"{found[values['user']].name} may see the record of {person} until {short_day(values['until'])}."

    log_reading(request.user, "view", f"restriction of person {person.reference}", [person.pk])
    context = {"heading": f"Permit somebody to see {person}", "button": "Permit", "back": (reverse(LISTED), "Restricted records")}
    form = Form.of(request, asks, {"until": localdate() + dt.timedelta(days=FOR_DAYS)})
    return answered(request, form, do=keep, done="", to=reverse(LISTED), context=context, template=FORM)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """The record is ordinary again. Its permits end with it."""
    person = person_for(request, reference)
    row = live_restriction(person.pk)
    if row is None:
        return redirect(LISTED)

    def keep(values: dict[str, Any]) -> None:
        for live in live_restrictions().filter(person__in=merged_with(person)):
            end_restriction(restriction=live, by=request.user)  # type: ignore[arg-type]

    log_reading(request.user, "view", f"restriction of person {person.reference}", [person.pk])
    context = {
        "heading": f"End the restriction of {person}",
        "lead": "Everybody with a reason to know sees the record again. Permits end with the restriction.",
        "summary": [{"key": "Why it was restricted", "value": row.why}],
        "button": "End the restriction",
        "button_kind": "danger",
        "back": (reverse(LISTED), "Restricted records"),
    }
    return answered(
        request,
        Form.of(request, []),
        do=keep,
        done=f"{person}: the record is ordinary again.",
        to=reverse(LISTED),
        context=context,
        template=FORM,
    )


@login_required
@require_http_methods(["GET", "POST"])
def end_permit(request: HttpRequest, key: int) -> HttpResponse:
    """Before its day. An emergency opening is ended the same way, and still reviewed."""
    lead_only(request)
    grant = get_object_or_404(live_grants(), pk=key)
    person = person_for(request, get_object_or_404(Person, pk=grant.person).reference)
    name = names_of_users([grant.user_id]).get(grant.user_id) or grant.user.get_username()

    def keep(values: dict[str, Any]) -> None:
        for live in live_grants().filter(user=grant.user, person__in=merged_with(person)):
            end_grant(grant=live)

    log_reading(request.user, "view", f"restriction of person {person.reference}", [person.pk])
    context = {
        "heading": f"{name} may no longer see {person}",
        "summary": [
            {"key": "Why it was permitted", "value": grant.why},
            {"key": "Until", "value": last_day(grant)},
        ],
        "button": "End it now",
        "back": (reverse(LISTED), "Restricted records"),
    }
    return answered(
        request,
        Form.of(request, []),
        do=keep,
        done=f"{name} may no longer see the record.",
        to=reverse(LISTED),
        context=context,
        template=FORM,
    )
