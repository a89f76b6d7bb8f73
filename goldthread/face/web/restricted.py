"""A restricted record: stop and ring the lead; in an emergency open it with a reason, which somebody else then reviews."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldthread.core.agencies.queries import children_of, names_of_users
from goldthread.core.people.models import Person
from goldthread.face.web.links import to_child
from goldthread.face.web.opening import open_child
from goldthread.face.web.restricting import restricted_now
from goldthread.ground.access.actions import BREAK_GLASS_HOURS, break_glass, review_break_glass
from goldthread.ground.access.models import Grant, Restriction
from goldthread.ground.access.predicate import standing
from goldthread.ground.access.queries import known_to, live_grant, live_restriction, may_be_told, unreviewed
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.time.words import moment_in_words


def _restricted(request: HttpRequest, reference: str) -> tuple[Person, Restriction | None]:
    """The person and the restriction that stops this user; 404 for anybody who would not see the child without it.

    Only those whose work is to match callers to children, or who answer for this child, may learn that a record stands.
    """
    person = Person.objects.filter(reference=reference).first()
    if person is None:
        raise Http404("There is no such person.")
    held, restriction = standing(request.user), live_restriction(person.pk)
    if not may_be_told(held.user_id, [person.pk]):
        raise Refused(f"person {reference}, in spite of a declared conflict", (person.pk,))
    if restriction is None:
        return open_child(request.user, reference), None
    if not held.takes_calls and not children_of(held).filter(child_id=person.pk).exists():
        raise Refused(f"restricted person {reference}", (person.pk,))
    return person, restriction


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop: who to ring; below it, opening in an emergency. Says nothing about whose record it is."""
    person, restriction = _restricted(request, reference)
    if restriction is None or live_grant(request.user.pk, person.pk) is not None:  # type: ignore[arg-type]
        return redirect(to_child(person))
    problem = ""
    if request.method == "POST":
        try:
            break_glass(user=request.user, person=person.pk, why=request.POST.get("why", ""))  # type: ignore[arg-type]
        except ValueError as refused:
            problem = str(refused)
        else:
            log_reading(request.user, "view", f"opened restricted person {reference} in an emergency", [person.pk])
            messages.warning(
                request, f"You may see this record for {BREAK_GLASS_HOURS} hours. {restriction.lead_name} will read your reason."
            )
            return redirect(to_child(person))
    log_reading(request.user, "refused", f"stopped at restricted person {reference}", [person.pk])
    context = {"restriction": restriction, "problem": problem, "why": request.POST.get("why", ""), "hours": BREAK_GLASS_HOURS}
    return render(request, "web/stop.jinja", context, status=422 if problem else 200)


@login_required
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """For the restricted-records lead: emergency openings nobody else has looked into yet, then every record restricted now.

    People whom the lead knows outside work are left out: another lead sees to them.
    """
    _lead(request)
    waiting = list(unreviewed().exclude(person__in=known_to(request.user.pk or 0)))
    listed = restricted_now(request.user)
    people = Person.objects.in_bulk([grant.person for grant in waiting])
    names = names_of_users(grant.user_id for grant in waiting)
    log_reading(request.user, "list", "restricted records", {*people, *(one["person"].pk for one in listed)})
    shown = [
        {
            "key": grant.pk,
            "who": names.get(grant.user_id) or grant.user.get_username(),
            "whom": str(people[grant.person]) if grant.person in people else "a person no longer on file",
            "when": moment_in_words(grant.from_at),
            "why": grant.why,
            "is_own": grant.user_id == request.user.pk,
            "is_open": localtime() < grant.until_at,
        }
        for grant in waiting
    ]
    return render(request, "web/restricted_reviews.jinja", {"waiting": shown, "listed": listed})


@login_required
@require_POST
def review(request: HttpRequest, key: int) -> HttpResponse:
    _lead(request)
    grant = get_object_or_404(Grant, pk=key, kind=Grant.BREAK_GLASS, reviewed_at=None)
    if not may_be_told(request.user.pk or 0, [grant.person]):
        raise Refused("review of an emergency opening", (grant.person,))
    words = request.POST.get("words", "").strip()
    if not words:
        messages.warning(request, "Write what you found before you close the review.")
        return redirect("restricted_reviews")
    verdict = "Right" if request.POST.get("verdict") == "right" else "Not right"
    try:
        review_break_glass(grant=grant, by=request.user, words=f"{verdict}: {words}")  # type: ignore[arg-type]
    except ValueError as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The review is kept with the opening.")
    return redirect("restricted_reviews")


def _lead(request: HttpRequest) -> None:
    if "restricted_lead" not in standing(request.user).duties:
        raise PermissionDenied
