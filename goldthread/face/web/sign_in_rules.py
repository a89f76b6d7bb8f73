"""What django-allauth does at a sign-in, and where the product's own rules come in."""

from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.timezone import localdate

from goldthread.core.agencies.models import SignIn
from goldthread.face.web.second_step import DEMO, PASSED
from goldthread.face.web.sessions import BEGAN, HEARD, IDLE
from goldthread.ground.access.predicate import is_without_post, standing
from goldthread.ground.access.queries import has_second_step
from goldthread.ground.audit.acting import actor_of, name_actor
from goldthread.ground.boot.field_keys import decrypted, encrypted
from goldthread.ground.boot.queries import from_where
from goldthread.ground.boot.settings import settings

ENDED = "This sign-in is not in use today. Ask whoever looks after sign-ins."


def has_ended(user: Any) -> bool:
    """Whether this is the sign-in of a worker and not on this day: they have gone, or come later."""
    sign_ins = SignIn.objects.filter(user=user)
    return sign_ins.exists() and not sign_ins.on(localdate()).exists()


def is_one_click(request: HttpRequest) -> bool:
    return getattr(request, "is_one_click", False)


def is_vouched_for(request: HttpRequest) -> bool:
    """Whether the provider says that it has asked for a second step, and the settings take its word."""
    return getattr(request, "is_vouched_for", False)


def passed_by(request: HttpRequest, user: Any) -> str | None:
    """The second step that this sign-in has shown; None when it was a pass phrase alone."""
    if is_one_click(request):
        return DEMO
    if is_vouched_for(request):
        return "provider"
    shown = [record["type"] for record in get_authentication_records(request, user) if record["method"] == "mfa"]
    return shown[-1] if shown else None


class SignInRules(DefaultAccountAdapter):
    """Nobody signs up; whoever has gone stays out by whatever way; what was typed and not saved comes first."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return [] if is_one_click(self.request) or is_vouched_for(self.request) else ["allauth.mfa.stages.AuthenticateStage"]

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        if has_ended(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **more)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, ENDED)
        return redirect("sign_in")

    def login(self, request: HttpRequest, user: Any) -> None:
        """What was shown is read before: somebody else's session on this machine is emptied here."""
        passed = passed_by(request, user)
        name_actor(actor_of(user), request=getattr(request, "request_key", ""))
        super().login(request, user)
        request.session.pop(HEARD, None)
        request.session[BEGAN] = int(time())
        request.session[PASSED] = passed
        request.session[IDLE] = settings.idle_minutes_of(standing(user).duties | ({"administrator"} if is_without_post(user) else set()))

    def post_login(self, request: HttpRequest, user: Any, *, redirect_url: str | None, **more: Any) -> HttpResponse:
        from goldthread.face.web.signing_in import after_sign_in

        return super().post_login(request, user, redirect_url=resolve_url(after_sign_in(request, redirect_url or "")), **more)

    def add_message(self, *args: Any, message: str | None = None, **more: Any) -> None:
        """Its own sentences only where they say what went wrong: our pages say the rest."""
        if message:
            super().add_message(*args, message=message, **more)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Once there is a second step, it or the pass phrase is asked for again before anything about it is changed."""
        return has_second_step(context.request.user.pk)

    def get_client_ip(self, request: HttpRequest) -> str:
        return from_where(request) or "127.0.0.1"


class SecondStepRules(DefaultMFAAdapter):
    """Words and limits of passkeys and codes, whose secrets are encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That did not fit. Codes change every half minute: type the one that stands there now.",
        "cannot_delete_authenticator": "This is your only second step. Add another first.",
    }

    def encrypt(self, text: str) -> str:
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypted(encrypted_text)

    def _get_site_name(self) -> str:
        return "Goldthread"

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count()
        return "Passkey" if number == 0 else f"Passkey {number + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return bool(others.exclude(pk=authenticator.pk).exists())
