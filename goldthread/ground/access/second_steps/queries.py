"""Which secrets of second steps can be read, and by which key."""

from collections.abc import Callable, Iterator
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from goldthread.ground.boot.field_keys import Unreadable, decrypted, is_by_newest
from goldthread.ground.boot.health import Finding

# What django-allauth keeps as a secret in a row's `data`; a passkey's row holds a public key only.
SECRET = ("secret", "seed", "migrated_codes")


def with_secrets() -> QuerySet[Authenticator]:
    return Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk")


def each_secret(data: dict[str, Any], do: Callable[[str], str]) -> dict[str, Any]:
    """The same data with `do` done to every secret in it."""
    return data | {
        name: [do(one) for one in data[name]] if isinstance(data[name], list) else do(data[name]) for name in SECRET if data.get(name)
    }


def secrets_of(data: dict[str, Any]) -> Iterator[str]:
    for name in SECRET:
        kept = data.get(name) or []
        yield from kept if isinstance(kept, list) else [kept]


def codes_left(data: dict[str, Any]) -> int:
    """How many recovery codes nobody has used: known without opening them."""
    return int(app_settings.RECOVERY_CODE_COUNT) - int(data["used_mask"]).bit_count()


def is_readable(data: dict[str, Any]) -> bool:
    try:
        each_secret(data, decrypted)
    except Unreadable:
        return False
    return True


def is_current(data: dict[str, Any]) -> bool:
    return all(map(is_by_newest, secrets_of(data)))


def unreadable() -> int:
    """How many apps and sets of recovery codes no key here opens."""
    return sum(not is_readable(one.data) for one in with_secrets())


def readable() -> Finding:
    """For `goldthread health`, and for the start."""
    rows = [one.data for one in with_secrets()]
    closed = sum(not is_readable(data) for data in rows)
    if closed:
        return Finding(
            "keys",
            False,
            f"{closed} of {len(rows)} apps and sets of recovery codes were encrypted by a key that is not here: "
            "give GOLDTHREAD_FIELD_KEYS (or the file field-keys of the data folder) the key of the machine that wrote them.",
        )
    older = sum(not is_current(data) for data in rows)
    if older:
        return Finding(
            "keys", False, f"{older} of {len(rows)} secrets of second steps wait for the newest key: run “goldthread rotate-keys”."
        )
    return Finding("keys", True, "Every secret of a second step is encrypted by the newest key.")
