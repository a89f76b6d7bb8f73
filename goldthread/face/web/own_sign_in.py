"""One's own sign-in: the second step shown or set up, passkeys and codes added and removed. The work is django-allauth's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import ReauthenticateForm as PhraseForm
from allauth.account.internal.flows.login import clear_authentication_records
from allauth.account.models import Login
from allauth.account.views import ReauthenticateView
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.signals import authentication_failed, authenticator_used
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from goldthread.face.web.own_sessions import sessions_of
from goldthread.face.web.second_step import GOING, PASSED, is_whole
from goldthread.face.web.signing_in import WAIT, WRONG, after_sign_in
from goldthread.ground.access.actions import note_try
from goldthread.ground.access.models import SignInTry
from goldthread.ground.access.queries import must_wait
from goldthread.ground.access.second_steps.queries import codes_left
from goldthread.ground.audit.acting import actor_of, name_actor
from goldthread.ground.boot.field_keys import Unreadable
from goldthread.ground.boot.queries import from_where

HOW = {"totp": SignInTry.CODE, "recovery_codes": SignInTry.RECOVERY, "webauthn": SignInTry.PASSKEY}
NO_KEY = "Codes cannot be checked now: the key that they are kept by is missing here. Use a passkey, and tell whoever runs the product."
NOT_KNOWN = "That passkey could not be used. Try again, or sign in with your pass phrase."


def act_as(user: Any, purpose: str) -> None:
    """Whoever shows a step is named in the trail, before they are signed in."""
    name_actor(actor_of(user), purpose, getattr(context.request, "request_key", ""))


def noted(user: Any, how: str, worked: bool) -> None:
    note_try(username=user.get_username() if user else "", user=user, address=from_where(context.request), how=how, worked=worked)


@receiver(authenticator_used)
def note_what_worked(user: Any, authenticator: Authenticator, **_: Any) -> None:
    noted(user, HOW[authenticator.type], True)


@receiver(authentication_failed)
def note_what_did_not(user: Any, **_: Any) -> None:
    if not context.request.user.is_authenticated:
        name_actor("anonymous", request=getattr(context.request, "request_key", ""))
    noted(user, SignInTry.CODE, False)


def wait_if_guessed(user: Any) -> None:
    if must_wait(user.get_username(), from_where(context.request)):
        raise ValidationError(WAIT)


@contextmanager
def saying_where_no_key_opens() -> Iterator[None]:
    """A code that cannot be compared opens nothing, and whoever types it is told."""
    try:
        yield
    except Unreadable:
        raise ValidationError(NO_KEY) from None


class CodeForm(AuthenticateForm):
    """A code at a sign-in; wrong ones count with wrong pass phrases."""

    def clean_code(self) -> str:
        wait_if_guessed(self.user)
        act_as(self.user, "second step")
        with saying_where_no_key_opens():
            return str(super().clean_code())


class CodeAgainForm(ReauthenticateForm):
    """A code before something about the sign-in is changed."""

    def clean_code(self) -> str:
        wait_if_guessed(self.user)
        with saying_where_no_key_opens():
            return str(super().clean_code())


class PhraseAgainForm(PhraseForm):
    """The pass phrase before something about the sign-in is changed; every try is in the log."""

    def clean_password(self) -> str:
        wait_if_guessed(self.user)
        try:
            phrase = str(super().clean_password())
        except ValidationError:
            noted(self.user, SignInTry.PASS_PHRASE, False)
            raise ValidationError(WRONG) from None
        noted(self.user, SignInTry.PASS_PHRASE, True)
        return phrase


class SaysProblems:
    """A form that comes back with what is wrong is answered as everywhere in the product: 422."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = 422
        return response


class PhraseAgain(SaysProblems, ReauthenticateView):
    """The pass phrase, before something about the sign-in is changed."""


class CodeAgain(SaysProblems, CodeAgainView):
    """A code, before something about the sign-in is changed."""


class Shown(SaysProblems, AuthenticateView):
    """The second step of a sign-in by pass phrase."""

    def form_invalid(self, form: Any) -> HttpResponse:
        if form is self.webauthn_form:
            noted(self.stage.login.user, SignInTry.PASSKEY, False)
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        act_as(self.stage.login.user, "second step")
        return super().form_valid(form)


class ByPasskey(LoginWebAuthnView):
    """A passkey alone: something one has, opened by something one is or knows. Nobody else's guessing slows it down."""

    def form_invalid(self, form: Any) -> HttpResponse:
        noted(None, SignInTry.PASSKEY, False)
        messages.error(self.request, NOT_KNOWN)
        return redirect("sign_in")

    def form_valid(self, form: Any) -> HttpResponse:
        passkey = form.cleaned_data["credential"]
        clear_authentication_records(self.request)
        act_as(passkey.user, "sign-in")
        login = Login(user=passkey.user, redirect_url=self.request.POST.get("next") or None)
        return flows.perform_passwordless_login(self.request, passkey, login)


def now_whole(request: HttpRequest, kind: str) -> None:
    """What was just set up has been shown by it: nothing more is asked of this session."""
    made = Authenticator.objects.filter(user_id=request.user.pk, type=kind).latest("pk")
    post_authentication(request, made, reauthenticated=True)
    if not is_whole(request):
        request.session[PASSED] = kind


class SetUpCodes(SaysProblems, ActivateTOTPView):
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        found = super().get_context_data(**more)
        secret = found["form"].secret
        return found | {"secret_in_fours": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        now_whole(self.request, "totp")
        return response


class AddPasskey(SaysProblems, AddWebAuthnView):
    """Every passkey is one that can sign in alone: kept by the device, opened by its owner."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        found = super().get_context_data(**more)
        return found | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        now_whole(self.request, "webauthn")
        return response


class RemovePasskey(RemoveWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


class Codes(ViewRecoveryCodesView):
    """Shown once. From there on to where they were going when they were asked to set up a second step."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        going = self.request.session.pop(GOING, "")
        return super().get_context_data(**more) | {"onward": resolve_url(after_sign_in(self.request, going)) if going else ""}


class OwnSignIn(IndexView):
    """What stands between this sign-in and somebody else."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        found = super().get_context_data(**more)
        kinds = found["authenticators"]
        return found | {
            "is_whole": is_whole(self.request),
            "passkeys": kinds.get("webauthn", []),
            "sessions": sessions_of(self.request),
            "app": kinds.get("totp"),
            "codes_left": codes_left(kinds["recovery_codes"].instance.data) if "recovery_codes" in kinds else None,
            "can_remove": len(kinds.get("webauthn", [])) + ("totp" in kinds) > 1,
        }
