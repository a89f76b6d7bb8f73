"""The rules and holidays as this process last read them, safe across transactions, threads and processes.

Read once and kept; a token in the database says whether they changed, and is looked at no more than once in a few seconds.
A transaction that changes a rule sees its own change at once and nobody else does until it commits; if it rolls back, the
change is forgotten. So thousands of clocks can be reckoned without a query each.
"""

import threading
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from time import monotonic
from uuid import UUID, uuid4

from django.db import connection, transaction

from goldthread.ground.time.local_limits import refusal
from goldthread.ground.time.models import Edition, HolidayChange, Rule
from goldthread.ground.time.working_days import Calendar, england, united_kingdom

LOOK_AGAIN_AFTER = 5.0  # seconds another process may go on with the rules before a change


@dataclass(frozen=True)
class Snapshot:
    """Everything needed to reckon a clock, as read at one moment."""

    token: UUID | None
    by_key: dict[str, list[Rule]]  # newest version first
    changes: tuple[tuple[date, bool, str], ...]

    def rule(self, key: str, on: date, *, with_local: bool = True) -> Rule:
        """The version in force on the day; the council's own limit where it has one that the law still allows."""
        base = next((rule for rule in self._national.get(key, ()) if _holds(rule, on)), None)
        if base is None:
            raise LookupError(f"No rule called “{key}” was in force on {on.isoformat()}.")
        if with_local and key in self._own:
            allowed = (rule for rule in self._own[key] if _holds(rule, on) and refusal(base, rule.limit, rule.unit) is None)
            return next(allowed, base)
        return base

    @cached_property
    def _national(self) -> dict[str, list[Rule]]:
        return {key: [rule for rule in rules if not rule.is_local_override] for key, rules in self.by_key.items()}

    @cached_property
    def _own(self) -> dict[str, list[Rule]]:
        own = {key: [rule for rule in rules if rule.is_local_override] for key, rules in self.by_key.items()}
        return {key: rules for key, rules in own.items() if rules}

    @cached_property
    def calendar(self) -> Calendar:
        """England's holidays with the changes recorded here."""
        return england().changed(self.changes) if self.changes else england()

    @cached_property
    def uk_calendar(self) -> Calendar:
        """Holidays anywhere in the United Kingdom, with the changes recorded here."""
        return united_kingdom().changed(self.changes) if self.changes else united_kingdom()

    def calendar_of(self, rule: Rule) -> Calendar:
        """The calendar a rule is counted by."""
        return self.uk_calendar if rule.unit == "uk_working_days" else self.calendar


def _holds(rule: Rule, on: date) -> bool:
    return (
        rule.taken_back_at is None
        and (rule.valid_from is None or rule.valid_from <= on)
        and (rule.valid_until is None or on <= rule.valid_until)
    )


class _Kept:
    """What this process shares between its threads: only ever committed rows."""

    snapshot: Snapshot | None = None
    looked_at = 0.0


class _Change:
    """A change made in a transaction of this thread that has not ended yet."""

    def settle(self) -> None:
        """Called when the transaction commits."""
        _mine.changes = tuple(change for change in _mine.changes if change is not self)
        _Kept.looked_at = 0.0

    def is_pending(self) -> bool:
        # Django drops the callbacks of whatever is rolled back, a savepoint too: the one sure sign that a change is gone.
        return any(entry[1] == self.settle for entry in connection.run_on_commit)


class _Mine(threading.local):
    """What this thread has changed and not yet committed, and the rules as it alone sees them."""

    changes: tuple[_Change, ...] = ()
    snapshot: Snapshot | None = None


_mine = _Mine()


def changed() -> None:
    """Call after writing rules or holidays: this transaction sees them now, all others when it commits."""
    Edition.objects.update_or_create(is_the_one=True, defaults={"token": uuid4()})
    change = _Change()
    _mine.changes, _mine.snapshot = (*_mine.changes, change), None
    transaction.on_commit(change.settle)


def look_again(**_: object) -> None:
    """Look at the token before the next answer: a new connection may lead to another database."""
    _Kept.looked_at = 0.0


def current() -> Snapshot:
    """The rules and holidays in force for this thread, now."""
    if _mine.changes:
        pending = tuple(change for change in _mine.changes if change.is_pending())
        if len(pending) != len(_mine.changes):
            _mine.changes, _mine.snapshot = pending, None
            _Kept.looked_at = 0.0
        if pending:
            _mine.snapshot = _mine.snapshot or _read(_token())
            return _mine.snapshot
    now, kept = monotonic(), _Kept.snapshot
    if kept is None or now - _Kept.looked_at > LOOK_AGAIN_AFTER or not _Kept.looked_at:
        token = _token()
        if kept is None or kept.token != token:
            kept = _Kept.snapshot = _read(token)
        _Kept.looked_at = now
    return kept


def _token() -> UUID | None:
    return Edition.objects.values_list("token", flat=True).first()


def _read(token: UUID | None) -> Snapshot:
    by_key: dict[str, list[Rule]] = {}
    for rule in Rule.objects.select_related("signed_off_by", "local_override_of").order_by("key", "-version"):
        by_key.setdefault(rule.key, []).append(rule)
    return Snapshot(token, by_key, tuple(HolidayChange.objects.order_by("day").values_list("day", "is_holiday", "name")))
