"""Signing in by a provider that speaks SAML 2.0. Its answer is checked by assertions.py; who may come in, by single_sign_on.py.

The provider's page sends the answer across sites, so that this browser's session does not come with it. It is checked where it
arrives, kept for a moment under a name told to this browser alone, and taken up by the next request, which the session comes with:
only where that session has asked the very question that the answer names.
"""

import logging
import secrets
from hashlib import sha256
from time import time
from typing import TYPE_CHECKING

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from markupsafe import Markup

from goldthread.face.web.signing_in import WAIT
from goldthread.face.web.single_sign_on import not_understood, refused
from goldthread.ground.access.actions import note_try
from goldthread.ground.access.models import SignInTry
from goldthread.ground.access.queries import must_wait_at
from goldthread.ground.boot.queries import from_where
from goldthread.ground.boot.saml import why_not
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.single_sign_on import PROVIDER

if TYPE_CHECKING:
    from goldthread.face.web.assertions import Said

TAKEN_UP_WITHIN, CLOCKS_APART = 120, 300  # seconds
NOT_BELIEVED, TOO_MANY = "not-believed", "too-many"
METADATA = Markup("""<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity_id}">
  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{answers_at}"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
""")
log = logging.getLogger("goldthread.sign_in")


class BySaml(SAMLProvider):
    """Of a person, who the checked assertion says they are, and nothing by which anybody could be made or matched."""

    def extract_uid(self, data: "Said") -> str:
        return data.known_as

    def extract_extra_data(self, data: "Said") -> dict[str, list[str]]:
        return {"shown": data.shown}

    def extract_common_fields(self, data: "Said") -> dict[str, str]:
        return {}


def provider_of(request: HttpRequest) -> BySaml:
    return BySaml(request, app=get_adapter().get_app(request, PROVIDER))


def must_be_there(provider_id: str) -> None:
    if not settings.saml_entity_id or provider_id != PROVIDER or why_not():
        raise Http404


def going(request: HttpRequest) -> HttpResponse:
    """To the provider, with a question whose number this browser's session keeps."""
    if why_not():
        return unusable(request, why_not())
    from goldthread.face.web.assertions import Ours, question

    try:
        asked, where = question(Ours.of(request))
    except ValueError as wrong:
        return unusable(request, f"GOLDTHREAD_SAML_CERTIFICATES: {wrong}.")
    provider_of(request).stash_redirect_state(request, "login", next_url=request.GET.get("next") or None, state_id=asked)
    return redirect(where)


def unusable(request: HttpRequest, why: str) -> HttpResponse:
    log.error("%s", why)
    return refused(request, f"{settings.saml_name} cannot be used today. Sign in here.")


@csrf_exempt
@require_POST
def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the provider's page sends. It signs nobody in, and neither reads nor writes the session: it may come from anywhere."""
    must_be_there(provider_id)
    from goldthread.face.web.assertions import NotBelieved, Ours, believed

    place = from_where(request)
    if must_wait_at(place):
        return on_to(TOO_MANY)
    try:
        said = believed(Ours.of(request), request.POST.get("SAMLResponse", ""))
        must_be_new(said)
    except NotBelieved as why:
        log.warning("An answer of the sign-in provider was not believed: %s", why)
        note_try(username="", user=None, address=place, how=SignInTry.PROVIDER, worked=False)
        return on_to(NOT_BELIEVED)
    key = secrets.token_urlsafe(32)
    cache.set(f"said-{key}", said._asdict(), TAKEN_UP_WITHIN)
    return on_to(key)


@require_GET
def finish(request: HttpRequest, provider_id: str, key: str) -> HttpResponse:
    """In by an answer that was believed a moment ago, where this browser asked for it; both are used up."""
    must_be_there(provider_id)
    from goldthread.face.web.assertions import Said

    if key in (NOT_BELIEVED, TOO_MANY):
        messages.error(request, WAIT if key == TOO_MANY else not_understood())
        return redirect("sign_in")
    kept = cache.get(f"said-{key}")
    cache.delete(f"said-{key}")
    if kept is None:
        return refused(request, not_understood())
    said, provider = Said(**kept), provider_of(request)
    login = provider.sociallogin_from_response(request, said)
    try:
        login.state = provider.unstash_redirect_state(request, said.asked)
    except PermissionDenied:
        return refused(request, not_understood())
    into: HttpResponse = complete_social_login(request, login)
    return into


@require_GET
def metadata(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the council gives to its provider. It says nothing that is not in every request."""
    must_be_there(provider_id)
    from goldthread.face.web.assertions import Ours

    return HttpResponse(METADATA.format(**Ours.of(request)._asdict()), content_type="application/samlmetadata+xml")


def must_be_new(said: "Said") -> None:
    """An assertion is taken once, for as long as it could be taken at all."""
    from goldthread.face.web.assertions import NotBelieved

    named = sha256(said.assertion.encode()).hexdigest()
    if not cache.add(f"assertion-{named}", True, max(said.until - int(time()), 0) + CLOCKS_APART):
        raise NotBelieved("TAKEN_BEFORE")


def on_to(key: str) -> HttpResponse:
    """By GET, so that the session comes along."""
    onward = redirect("saml_finish", PROVIDER, key)
    onward.status_code = 303
    return onward
