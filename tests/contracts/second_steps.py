"""The pages of a second step: to be set up, asked for, changed and taken off. They stand in the course of a sign-in, so none has a place of its own."""

from collections.abc import Callable
from time import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client

from goldthread.face.web.second_step import PASSED
from goldthread.face.web.tests.pages import signed_in, with_an_app
from goldthread.ground.audit.acting import acting
from tests.contracts.places import Place

OWN = "/sign-in/yours/"
PHRASE = "seven grey herons wading"
ROUTES = {
    "account_login",
    "single_sign_on",
    "openid_connect_callback",
    "saml_answer",
    "saml_finish",
    "saml_metadata",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}


def seen_of_second_steps(user: Any, seen_at: Callable[[Client, Place], dict[str, str]]) -> dict[str, str]:
    client = signed_in(user)
    keep(client, {PASSED: None})
    found = look(client, seen_at, "setting-up", OWN, OWN + "app/", OWN + "passkeys/add/")
    with acting(user):
        user.set_password(PHRASE)
        user.save()
    with_an_app(user)
    between = Client()
    between.post("/sign-in/", {"username": user.username, "pass_phrase": PHRASE})
    found |= look(between, seen_at, "asked", "/sign-in/second-step/")
    client = signed_in(user)
    found |= look(client, seen_at, "again", "/sign-in/again/", "/sign-in/again/code/", OWN)
    keep(
        client,
        {
            AUTHENTICATION_METHODS_SESSION_KEY: [{"method": "mfa", "type": "totp", "at": time(), "reauthenticated": True}],
            "account_authentication_methods_user": str(user.pk),
        },
    )
    found |= look(client, seen_at, "only", OWN + "app/remove/", OWN + "recovery-codes/new/", OWN + "recovery-codes/")
    with acting(user):
        made = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "My telephone"})
    return found | look(client, seen_at, "two", OWN, OWN + "app/remove/", OWN + f"passkeys/{made.pk}/remove/", OWN + "recovery-codes/")


def keep(client: Client, values: dict[str, Any]) -> None:
    session = client.session
    session.update(values)
    session.save()


def look(client: Client, seen_at: Callable[[Client, Place], dict[str, str]], state: str, *addresses: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for address in addresses:
        found |= seen_at(client, Place(f"second-step-{state}", "", address))
    return found
