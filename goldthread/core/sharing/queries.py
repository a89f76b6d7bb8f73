"""What was shared about somebody, and how much of what. A share that tells of a child kept from the user is not shown to them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import make_aware

from goldthread.core.sharing.models import Share
from goldthread.core.sharing.reasons import Reason
from goldthread.ground.access.predicate import withheld_among
from goldthread.ground.codes.code_lists import codes

NOT_RECORDED = "not_recorded"  # in the place of a code
KEPT = "Somebody whose record is kept from you"


@dataclass(frozen=True)
class Shown:
    """One share as a page draws it."""

    share: Share
    what: str
    to_whom: str
    purpose: str
    basis: str
    law: str

    @property
    def note(self) -> str:
        """What is said beside the basis: the words of whoever chose it, and the agreement, or that it went without one."""
        share = self.share
        said = [share.why] if share.why else []
        if share.agreement is not None:
            said.append(f"Under the agreement “{share.agreement}”.")
        elif share.agency_kind and share.purpose:
            said.append("No agreement was in force: this purpose does not wait for one.")
        return " ".join(said)


def shares_about(rows: Iterable[int]) -> QuerySet[Share]:
    """Everything that told of this person (all rows of theirs), the newest first; with what was taken back."""
    return Share.objects.filter(children__overlap=list(rows)).select_related("record", "agreement").order_by("-at", "-pk")


def shared_as(what: str, thing: str) -> list[Share]:
    """Each time this went, the newest first."""
    return list(Share.objects.filter(what=what, thing=thing, taken_back_at=None).order_by("-at", "-pk"))


def shares_between(first: date, last: date) -> QuerySet[Share]:
    """What was shared on these days, both counted; what was taken back is not."""
    since, until = (make_aware(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
    return Share.objects.filter(at__gte=since, at__lt=until, taken_back_at=None)


def counted(shares: QuerySet[Share], column: str) -> list[tuple[str, str, int]]:
    """(code, words, how many) by the codes of `purpose` or `basis`, the most first; what was not recorded last."""
    listed = codes({"purpose": "sharing.purpose", "basis": "sharing.lawful_basis"}[column])
    found = Counter({row[column]: row["n"] for row in shares.order_by().values(column).annotate(n=Count("pk"))})
    missing = found.pop(None, 0)
    rows = [(code, listed.label(code), n) for code, n in found.most_common()]
    return rows + ([(NOT_RECORDED, "Not recorded: before it was asked", missing)] if missing else [])


def of_code(column: str, code: str) -> Q:
    return Q(**{f"{column}__isnull": True}) if code == NOT_RECORDED else Q(**{column: code})


def shown_to(user: Any, shares: Iterable[Share]) -> list[Shown]:
    """Those this user may read. One query."""
    rows = list(shares)
    kept = withheld_among(user.pk or 0, {key for one in rows for key in (*one.children, one.person_id) if key})
    return [_shown(one, kept) for one in rows if not kept & set(one.children)]


def laws(shown: Iterable[Shown]) -> list[str]:
    """The articles behind these, each once."""
    return sorted({f"{one.basis}. {one.law}" for one in shown if one.law})


def _shown(one: Share, kept: set[int]) -> Shown:
    what = Share.WHAT[one.what] + (f", {one.how[:1].lower()}{one.how[1:]}" if one.how else "")
    to_whom = KEPT if one.person_id in kept else one.to_whom
    if one.purpose is None:
        return Shown(one, what, to_whom, "Not recorded", "Not recorded", "")
    reason = Reason(one.purpose, str(one.basis), str(one.condition), one.why)
    return Shown(
        one, what, to_whom, codes("sharing.purpose").label(one.purpose), codes("sharing.lawful_basis").label(reason.basis), reason.law
    )
