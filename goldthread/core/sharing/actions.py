"""Writing down what was shared, with whom and why. What went is never changed; what was written down in error is marked so."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate, make_aware

from goldthread.core.agencies.models import Agency
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.core.sharing.agreements import covering, must_be_covered
from goldthread.core.sharing.models import Agreement, Grounds, Share
from goldthread.core.sharing.reasons import Reason, problem_with
from goldthread.ground.boot.many_rows import insert_many
from goldthread.ground.boot.trouble import Impossible
from goldthread.ground.time.words import short_day


def share(
    *, what: str, thing: str, reason: Reason, children: Iterable[int], to_whom: str, by: Any, record: Record | None = None,
    agency: Agency | None = None, agency_kind: str | None = None, person: Person | None = None, how: str | None = None, at: datetime | None = None,
    on: date | None = None, agreements: Sequence[Agreement] | None = None,
) -> Share:  # fmt: skip
    """One share, made but not kept, so that many can be kept at once (`keep_shares`): `at` a moment, or `on` a day.

    Impossible without an agreement where the purpose needs one. `agreements` are all there are, where they have been read already.
    """
    moment = at or (make_aware(datetime.combine(on, time(12))) if on else timezone.now())
    kind = agency.kind if agency else agency_kind
    found = None
    if kind is not None:
        among = Agreement.objects.all() if agreements is None else agreements
        found = covering(among, reason.purpose, agency.pk if agency else None, kind, localdate(moment))
        must_be_covered(reason.purpose, agency, kind, found)
    return Share(
        what=what, thing=thing, record=record, children=sorted(children), agency=agency, agency_kind=kind, agreement=found,
        person=person, to_whom=to_whom, how=how, purpose=reason.purpose, basis=reason.basis, condition=reason.condition, why=reason.why,
        at=moment, by=by,
    )  # fmt: skip


def keep_shares(shares: list[Share]) -> None:
    """Keep what was shared: one, or many at once."""
    insert_many(shares)


def take_back_share(*, what: str, thing: str) -> None:
    """It was written down in error: nothing went. The row stays."""
    Share.objects.filter(what=what, thing=thing, taken_back_at=None).update(taken_back_at=timezone.now())


def decide_grounds(*, record: Record, reason: Reason, by: Any) -> Grounds:
    """What this record's shares are for from now on. Impossible where the answers do not go together."""
    if problem := problem_with(reason):
        raise Impossible(problem[1], problem[0])
    return Grounds.objects.create(
        record=record, purpose=reason.purpose, basis=reason.basis, condition=reason.condition, why=reason.why, decided_by=by
    )


def enter_agreement(
    *, title: str, purposes: list[str], information: str, basis: str, from_on: date, until_on: date | None, review_on: date, kept_at: str,
    signed_by: str, by: Any, agency: Agency | None = None, agency_kind: str | None = None,
) -> Agreement:  # fmt: skip
    """A signed agreement comes into the register. Impossible with nobody or both, or where its days do not follow each other."""
    if (agency is None) == (agency_kind is None):
        raise Impossible("Choose one agency, or a kind of agency: one of the two.", "agency")
    _days_follow(from_on, until_on, review_on)
    return Agreement.objects.create(
        title=title, agency=agency, agency_kind=agency_kind, purposes=purposes, information=information, basis=basis, from_on=from_on,
        until_on=until_on, review_on=review_on, kept_at=kept_at, signed_by=signed_by, entered_by=by,
    )  # fmt: skip


def note_review(*, agreement: Agreement, review_on: date) -> None:
    """It was looked at again today and stands; when it is looked at next."""
    if review_on <= localdate():
        raise Impossible("The next review is after today.", "review_on")
    _days_follow(agreement.from_on, agreement.until_on, review_on)
    agreement.reviewed_on, agreement.review_on = localdate(), review_on
    agreement.save(update_fields=["reviewed_on", "review_on"])


def end_agreement(*, agreement: Agreement, last_on: date, why: str) -> None:
    """It ends early: nothing new is shared under it from the day after. Impossible for a day gone by, under which things went."""
    if last_on < max(localdate() - timedelta(days=1), agreement.from_on):
        raise Impossible("Choose yesterday, today or a later day: what went under it before stays.", "last_on")
    if agreement.until_on is not None and last_on > agreement.until_on:
        raise Impossible(f"It ends on {short_day(agreement.until_on)} already.", "last_on")
    agreement.until_on, agreement.ended_why = last_on, why
    agreement.save(update_fields=["until_on", "ended_why"])


def _days_follow(from_on: date, until_on: date | None, review_on: date) -> None:
    if until_on is not None and until_on < from_on:
        raise Impossible("The last day comes before the first.", "until_on")
    if review_on <= from_on:
        raise Impossible("The review comes after the first day.", "review_on")
