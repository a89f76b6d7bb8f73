"""The council's own sign-in provider, as the settings name it, in the shape django-allauth asks for."""

from typing import Any

from goldthread.ground.boot.settings import Settings

PROVIDER = "council"


def providers(settings: Settings) -> dict[str, Any]:
    """Nothing without an issuer. Who somebody is is read from the signed token alone, and the code is bound to this browser (PKCE)."""
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
