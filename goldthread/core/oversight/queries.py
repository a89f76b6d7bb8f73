"""Findings as one user may work on them: never those about themselves."""

from typing import Any

from django.db.models import Count, QuerySet

from goldthread.core.oversight.models import Finding, Watched
from goldthread.ground.access.predicate import Standing, standing

LOOKS_AGAIN = {"information_governance", "restricted_lead"}


def looks_again(held: Standing) -> bool:
    """Whose duty it is to look at odd looks."""
    return bool(held.duties & LOOKS_AGAIN)


def findings_for(user: Any) -> QuerySet[Finding]:
    """Those about others, the newest first."""
    if not looks_again(standing(user)):
        return Finding.objects.none()
    return Finding.objects.exclude(user=user.pk).select_related("user", "closed_by").order_by("-day", "-pk")


def open_findings(user: Any) -> int:
    return findings_for(user).filter(closed_at=None).count() if looks_again(standing(user)) else 0


def by_reason(user: Any) -> dict[str, int]:
    """How many are open, by reason."""
    rows = findings_for(user).filter(closed_at=None).order_by().values("reason").annotate(n=Count("pk"))
    return {row["reason"]: row["n"] for row in rows}


def watched_now() -> QuerySet[Watched]:
    return Watched.objects.filter(ended_at=None).select_related("set_by").order_by("set_at", "pk")
