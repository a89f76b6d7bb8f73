"""The council's own sign-in provider, as the settings name it, in the shape django-allauth asks for."""

from typing import Any

from goldthread.ground.boot.saml import why_not
from goldthread.ground.boot.settings import Settings

PROVIDER = "council"


def providers(settings: Settings) -> dict[str, Any]:
    """Nothing where none is set. Of OpenID Connect, who somebody is is read from the signed token alone, and the code is bound to
    this browser (PKCE). Of SAML allauth knows the name only: its answer is read by face.web.assertions."""
    if settings.saml_entity_id:
        return {"saml": {"APPS": [{"provider_id": PROVIDER, "name": settings.saml_name, "client_id": PROVIDER, "settings": {}}]}}
    if not settings.oidc_issuer:
        return {}
    about = {
        "server_url": settings.oidc_issuer,
        "uid_field": settings.oidc_claim,
        "fetch_userinfo": False,
        "oauth_pkce_enabled": True,
    }
    app = {
        "provider_id": PROVIDER,
        "name": settings.oidc_name,
        "client_id": settings.oidc_client_id,
        "secret": settings.oidc_client_secret,
        "settings": about,
    }
    return {"openid_connect": {"APPS": [app]}}


def offered(settings: Settings) -> str:
    """The name on the button of the sign-in page; empty where no provider is set, or SAML cannot be loaded here."""
    return "" if settings.saml_entity_id and why_not() else settings.provider_name
