"""The way about: what stands in the header of every page for the one who is signed in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from goldthread.core.agencies.models import Duty
from goldthread.core.oversight.queries import looks_again
from goldthread.face.web.links import to
from goldthread.face.web.second_step import is_whole
from goldthread.ground.access.predicate import READ_ONLY, Standing, is_without_post, standing
from goldthread.ground.boot.queries import installation
from goldthread.ground.design.frame import Frame, NavigationItem, provided_by

GOVERNS = "information_governance"
SIGNS_OFF = {"principal_social_worker", "administrator"}


def is_administrator(user: Any) -> bool:
    """The first administrator, who may have no post yet, or anyone holding the duty."""
    return is_without_post(user) or "administrator" in standing(user).duties


def may_sign_off(user: Any) -> bool:
    return is_administrator(user) or bool(standing(user).duties & SIGNS_OFF)


def ways(user: Any, held: Standing) -> list[tuple[str, str | None]]:
    """Where this person's work takes them, in the order they go there."""
    found: list[tuple[str, str | None]] = [("My work", reverse("home"))]
    if held.takes_calls:
        found.append(("Front door", to("front_door") or to("board")))
    if held.team_ids:
        found.append(("Team", reverse("team")))
    if held.managed_team_ids or held.duties & {"data_officer", *READ_ONLY, *SIGNS_OFF}:
        found.append(("Dashboard", to("dashboard")))
    if is_administrator(user) or "data_officer" in held.duties:
        found += [("Imports", to("imports")), ("Returns", to("returns"))]
    if "restricted_lead" in held.duties:
        found.append(("Restricted records", reverse("restricted_reviews")))
    if looks_again(held):
        found.append(("Looks", reverse("odd_looks")))
    if GOVERNS in held.duties:
        found.append(("Sharing", reverse("shares")))
    if is_administrator(user):
        found.append(("Set-up", reverse("set_up")))
    if may_sign_off(user):
        found.append(("Rules", reverse("rules")))
    return found


def role_of(held: Standing) -> str:
    """The duty or place by which colleagues know this person, in a few words."""
    duty = next((words for code, words in Duty.ROLES.items() if code in held.duties), "")
    return "Manager" if held.managed_team_ids else duty.split(" (")[0]


@provided_by
def framed(request: HttpRequest) -> Frame:
    """Nobody signed in sees the authority's name and no way about."""
    here = installation()
    known = {"authority_name": here.authority if here else "", "is_demo": bool(here and here.is_demo)}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Frame(**known)  # type: ignore[arg-type]
    if not is_whole(request):
        return Frame(**known, user_name=user.get_full_name() or user.get_username(), sign_out_url=reverse("sign_out"))  # type: ignore[arg-type]
    held = standing(user)
    return Frame(
        **known,  # type: ignore[arg-type]
        navigation=[NavigationItem(text, href, is_current(request, href)) for text, href in ways(user, held) if href],
        search_url=None if held.reads_marks else reverse("search"),
        search_words=request.GET.get("q", "") if request.path == reverse("search") else "",
        user_name=held.worker_name or user.get_full_name() or user.get_username(),
        user_role=role_of(held),
        user_url=reverse("mfa_index"),
        sign_out_url=reverse("sign_out"),
        footer_links=[NavigationItem("How Goldthread runs", reverse("running"))],
    )


def is_current(request: HttpRequest, href: str) -> bool:
    return request.path == href if href == "/" else request.path.startswith(href)
