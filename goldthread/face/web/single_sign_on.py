"""Signing in by the council's own provider: by OpenID Connect here, by SAML in saml.py. The work is django-allauth's; who may come in is ours.

Nobody is made by it: an administrator has entered by what the provider knows a person, or there is no way in.
"""

import secrets
from typing import Any

import jwt
from allauth.account.internal.flows.login import clear_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET
from requests import RequestException

from goldthread.ground.access.actions import note_try
from goldthread.ground.access.models import SignInTry
from goldthread.ground.boot.queries import from_where
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.single_sign_on import PROVIDER

NONCE = "single_sign_on_nonce"
A_MINUTE = 60
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


def refused(request: HttpRequest, words: str, user: Any = None, known_as: str = "") -> HttpResponse:
    """Back to the form with one sentence, and a line in the sign-in log."""
    note_try(username=known_as, user=user, address=from_where(request), how=SignInTry.PROVIDER, worked=False)
    messages.error(request, words)
    return redirect("sign_in")


def away() -> str:
    return f"{settings.provider_name} does not answer. Try again in a while, or sign in here."


def not_understood() -> str:
    return f"Signing in by {settings.provider_name} did not work. Start again from here."


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the provider, with what its answer must bring back: this browser's state and a number used once."""
    if settings.saml_entity_id:
        from goldthread.face.web import saml

        return saml.going(request)
    if not settings.oidc_issuer:
        raise Http404
    request.session[NONCE] = secrets.token_urlsafe(24)
    provider = get_adapter().get_provider(request, PROVIDER)
    try:
        going: HttpResponse = provider.redirect(
            request, "login", next_url=request.GET.get("next") or None, auth_params={"nonce": request.session[NONCE]}
        )
    except RequestException:
        return refused(request, away())
    return going


@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the provider. A token that is not for this browser, or not from the provider, opens nothing."""
    if not settings.oidc_issuer or provider_id != PROVIDER:
        raise Http404
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(Checked(request, provider_id))(request)
    except RequestException:
        return refused(request, away())
    return answer


class Checked(OpenIDConnectOAuth2Adapter):
    """Looks at the token's signature even where the standard would let it go, and at the number used once."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> Any:
        if not more["response"].get("id_token"):
            raise OAuth2Error("no token that says who it is")
        return super().complete_login(request, app, token, **more)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            claims = self._signed(app, id_token)
        except jwt.PyJWTError as refused:
            raise OAuth2Error("a token that is not the provider's, not for us or out of date") from refused
        asked = self.request.session.pop(NONCE, "")
        if not asked or not constant_time_compare(str(claims.get("nonce", "")), asked):
            raise OAuth2Error("another browser's token")
        if not claims.get(app.settings["uid_field"]):
            raise OAuth2Error("a token that does not say who it is")
        return claims

    def _signed(self, app: Any, id_token: str) -> dict[str, Any]:
        """A provider with one key need not name it in its tokens. It must call itself what the settings call it."""
        if self.openid_config["issuer"].rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise jwt.InvalidIssuerError("another provider's description")
        with get_adapter().get_requests_session() as asking:
            answer = asking.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        named = jwt.get_unverified_header(id_token).get("kid")
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if named is None or key.key_id == named]
        if len(keys) != 1:
            raise jwt.PyJWKSetError("no key, or more than one, that may have signed it")
        return jwt.decode(
            id_token,
            keys[0].key,
            algorithms=SIGNED_BY,
            audience=app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=A_MINUTE,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )


class ProviderRules(DefaultSocialAccountAdapter):
    """Who comes in by the provider, and what its word is worth."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        clear_authentication_records(request)
        known_as = str(sociallogin.account.uid)
        if not sociallogin.is_existing:
            words = f"{settings.provider_name} knows you, but you have no sign-in here by it. Ask whoever looks after sign-ins to enter “{known_as}” for you."
            raise ImmediateHttpResponse(refused(request, words, known_as=known_as))
        told = sociallogin.account.extra_data
        shown = told.get("shown") or told.get("id_token", {}).get("amr") or []
        request.is_vouched_for = bool(settings.provider_second_steps & set(shown))  # type: ignore[attr-defined]
        user, address = sociallogin.user, from_where(request)
        note_try(username=user.get_username(), user=user, address=address, how=SignInTry.PROVIDER, worked=True)

    def on_authentication_error(self, request: HttpRequest, provider: Any, exception: Any = None, **more: Any) -> None:
        words = away() if isinstance(exception, RequestException) else not_understood()
        raise ImmediateHttpResponse(refused(request, words))
