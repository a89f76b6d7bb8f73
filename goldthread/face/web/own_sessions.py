"""Where somebody is signed in, and being signed out there. The list is django-allauth's; when each was last heard is in the session."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from goldthread.face.web.sessions import HEARD
from goldthread.ground.audit.acting import actor_of, name_actor

# The first that is found in what the browser says of itself: others name these too.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))


class Session(NamedTuple):
    browser: str
    address: str
    since: datetime
    heard: datetime | None
    is_this: bool


def browser_in_words(says: str) -> str:
    browser = next((words for sign, words in BROWSERS if sign in says), "A browser")
    system = next((words for sign, words in SYSTEMS if sign in says), "")
    return f"{browser} on {system}" if system else browser


def sessions_of(request: HttpRequest) -> list[Session]:
    """This person's, this one first, then the one heard last."""
    found = []
    for kept in UserSession.objects.purge_and_list(request.user):
        heard = SessionStore(kept.session_key).get(HEARD)
        is_this = kept.session_key == request.session.session_key
        at = datetime.fromtimestamp(heard, UTC) if heard else None
        found.append(Session(browser_in_words(kept.user_agent), kept.ip, kept.created_at, at, is_this))
    return sorted(found, key=lambda one: (not one.is_this, -(one.heard or one.since).timestamp()))


class EndOthers(ListUserSessionsView):
    """Signed out everywhere else; a line in the trail for each."""

    http_method_names = ["post"]
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        name_actor(actor_of(self.request.user), "signed out elsewhere", getattr(self.request, "request_key", ""))
        messages.success(self.request, "You are signed out everywhere but here.")
        response: HttpResponse = super().form_valid(form)
        return response
