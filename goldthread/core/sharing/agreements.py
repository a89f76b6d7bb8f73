"""Whether an agreement covers a share, and what is said where none does.

Child protection never waits for an agreement: section 47, a strategy discussion, a conference, a plan, immediate danger, and what the
law requires. Those go, and that there is none is said; any other purpose that needs one is stopped (codes sharing.purpose).
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from goldthread.core.agencies.models import Agency
from goldthread.core.sharing.models import Agreement
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.codes.code_lists import codes


def needs_agreement(purpose: str) -> bool:
    """Whether a share with an agency for this purpose is stopped without one."""
    return codes("sharing.purpose").other(purpose, "needs_agreement") == "yes"


def holding_on(day: date) -> QuerySet[Agreement]:
    """Those in force on the day."""
    return Agreement.objects.filter(from_on__lte=day).filter(Q(until_on=None) | Q(until_on__gte=day)).order_by("pk")


def due_for_review(day: date) -> list[Agreement]:
    """Those in force whose day of review has come, the longest overdue first."""
    return list(holding_on(day).filter(review_on__lte=day).select_related("agency").order_by("review_on", "pk"))


def covering(among: Iterable[Agreement], purpose: str, agency: int | None, kind: str | None, day: date) -> Agreement | None:
    """The agreement that covers a share with this agency, or one of its kind; one with the agency itself comes first."""
    fit = [one for one in among if one.holds_on(day) and purpose in one.purposes]
    own = next((one for one in fit if agency is not None and one.agency_id == agency), None)
    return own or next((one for one in fit if kind is not None and one.agency_kind == kind), None)


def must_be_covered(purpose: str, agency: Agency | None, kind: str | None, found: Agreement | None) -> None:
    """Impossible, with what to do, where the purpose needs an agreement and none is in force."""
    if found is not None or (agency is None and kind is None) or not needs_agreement(purpose):
        return
    whom = agency.name if agency else f"any agency of the kind “{codes('agency.kind').label(kind or '')}”"
    raise Impossible(
        f"No information-sharing agreement is in force with {whom} for “{codes('sharing.purpose').label(purpose)}”: nothing was sent. "
        "Ask information governance to enter it. If a child must be protected, say so under “Why this is shared”: that never waits.",
        "purpose",
    )
