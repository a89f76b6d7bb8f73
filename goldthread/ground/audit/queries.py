"""How far the trail is sealed, and when somebody last verified it."""

from datetime import timedelta

from django.utils.timezone import localdate

from goldthread.ground.audit.models import Change, Seal, Verification
from goldthread.ground.boot.health import Finding

NEITHER_YESTERDAY_NOR_THE_DAY_BEFORE = timedelta(days=2)


def newest_seal() -> Seal | None:
    return Seal.objects.order_by("-number").first()


def last_verification() -> Verification | None:
    return Verification.objects.order_by("-pk").first()


def seal_in_words(seal: Seal) -> str:
    """The line to keep elsewhere."""
    return f"Audit trail sealed to {seal.day:%Y-%m-%d}, seal {seal.number}: {bytes(seal.hash).hex()}"


def sealed() -> Finding:
    """Whether the days that are over are sealed; a new database has none yet."""
    newest = newest_seal()
    begun = newest.day if newest else None
    if begun is None:
        first = Change.objects.order_by("pk").first()
        begun = localdate(first.at) if first else localdate()
    behind = localdate() - begun > NEITHER_YESTERDAY_NOR_THE_DAY_BEFORE
    words = f"The trail is sealed to {newest.day:%Y-%m-%d}" if newest else "The trail is not sealed yet"
    return Finding("seal", not behind, f"{words}: is “goldthread worker” running?" if behind else f"{words}.")


def verified() -> Finding:
    """Ill as long as the latest verification found the trail not whole."""
    last = last_verification()
    if last is None:
        return Finding("trail", True, "Nobody has verified the trail yet.")
    when = f"verified on {localdate(last.at):%Y-%m-%d}"
    return Finding("trail", last.is_whole, f"The trail was {when} and found {'whole' if last.is_whole else 'NOT whole'}.")
