"""Loading the shipped rules, signing them off, setting a council's own limits, recording a new holiday.

Each but `load_rules` expects to be called inside `ground.audit.acting`. A refusal is a ValueError whose text may be shown.
Whoever changes a rule or a holiday has the open clocks reckoned again (`core.work.jobs`).
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from goldthread.ground.audit.acting import acting
from goldthread.ground.time.in_force import changed, current
from goldthread.ground.time.local_limits import refusal
from goldthread.ground.time.models import HolidayChange, Kind, Rule
from goldthread.ground.time.rulebook import shipped_rules


def load_rules(**_: object) -> int:
    """Bring in the shipped rules; a changed text is a new version that nobody has signed off. Returns how many were new.

    Twice changes nothing. Own limits and sign-offs are never touched. Called after every migration.
    """
    if Rule._meta.db_table not in connection.introspection.table_names():
        return 0
    with acting(None, system="migrate"):
        latest: dict[tuple[str, date | None], Rule] = {}
        version: defaultdict[str, int] = defaultdict(int)
        for rule in Rule.objects.order_by("version"):
            version[rule.key] = rule.version
            if not rule.is_local_override:
                latest[rule.key, rule.valid_from] = rule
        fresh = []
        for row in shipped_rules():
            held = latest.get((row["key"], row["valid_from"]))
            if held is None or any(getattr(held, name) != value for name, value in row.items()):
                version[row["key"]] += 1
                fresh.append(Rule(version=version[row["key"]], **row))
        if fresh:
            Rule.objects.bulk_create(fresh)
            changed()
    return len(fresh)


@transaction.atomic
def sign_off(rule: Rule, by: Any, comment: str | None = None) -> None:
    """A named person accepts this version of the rule for this council."""
    if by is None or not getattr(by, "pk", None):
        raise ValueError("A rule is signed off by a named person.")
    held = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if held.signed_off_at is not None:
        raise ValueError("This rule has been signed off already.")
    if _has_newer_version(held):
        raise ValueError("The text of this rule has changed. Read the newer version and sign that one off.")
    held.signed_off_by, held.signed_off_at, held.signed_off_comment = by, timezone.now(), (comment or "").strip() or None
    held.save(update_fields=["signed_off_by", "signed_off_at", "signed_off_comment"])
    changed()


@transaction.atomic
def override(rule: Rule, limit: int, reason: str, by: Any, from_: date, unit: str | None = None) -> Rule:
    """The council's own limit from a day on, where the law leaves one; returns the new row, itself not yet signed off.

    An own limit already in force ends the day before. `unit` may differ only where the rule sets no binding number.
    """
    if by is None or not getattr(by, "pk", None):
        raise ValueError("An own limit is set by a named person.")
    if not reason.strip():
        raise ValueError("Say why the council sets a limit of its own.")
    base = current().rule(rule.key, from_, with_local=False)
    no = refusal(base, limit, unit or base.unit)
    if no is not None:
        raise ValueError(no)
    _end_own_limits(base.key, from_)
    version = max(Rule.objects.select_for_update(of=("self",)).filter(key=base.key).values_list("version", flat=True))
    own = Rule.objects.create(
        **_laid_over(base) | _reasoned(base, reason, by, from_), version=version + 1, limit=limit, unit=unit or base.unit
    )
    changed()
    return own


@transaction.atomic
def end_override(rule: Rule, on: date) -> None:
    """The council's own limit holds for the last time the day before; the rule beneath holds again."""
    if rule.local_override_of_id is None:
        raise ValueError("This is not the council’s own limit.")
    _end_own_limits(rule.key, on)
    changed()


@transaction.atomic
def change_holiday(day: date, is_holiday: bool, name: str, authority: str) -> HolidayChange:
    """A bank holiday was proclaimed, or taken away, by a named authority (a royal proclamation, a statutory instrument)."""
    if not name.strip() or not authority.strip():
        raise ValueError("Give the day its name, and the proclamation or order that made it.")
    if current().calendar.is_working_day(day) != is_holiday and day.weekday() < 5:
        raise ValueError("That day is a bank holiday already." if is_holiday else "That day is not a bank holiday.")
    change, _ = HolidayChange.objects.update_or_create(
        day=day, defaults={"is_holiday": is_holiday, "name": name.strip(), "authority": authority.strip()}
    )
    changed()
    return change


def _has_newer_version(rule: Rule) -> bool:
    if rule.is_local_override:
        return False
    return Rule.objects.filter(key=rule.key, valid_from=rule.valid_from, local_override_of=None, version__gt=rule.version).exists()


def _end_own_limits(key: str, from_: date) -> None:
    """Own limits that hold on `from_` end the day before; those that begin on that day or later are taken back."""
    own = Rule.objects.filter(key=key, local_override_of__isnull=False, taken_back_at=None)
    own.filter(valid_from__gte=from_).update(taken_back_at=timezone.now())
    own.filter(valid_from__lt=from_).filter(Q(valid_until=None) | Q(valid_until__gte=from_)).update(valid_until=from_ - timedelta(days=1))


def _laid_over(base: Rule) -> dict[str, Any]:
    said_of_itself = {"id", "version", "unit", "limit", "kind", "authority", "basis", "valid_from", "recorded_at"}
    about_sign_off = {"signed_off_by", "signed_off_at", "signed_off_comment"}
    fields = [field.name for field in Rule._meta.fields if field.name not in said_of_itself | about_sign_off]
    return {name: getattr(base, name) for name in fields}


def _reasoned(base: Rule, reason: str, by: Any, from_: date) -> dict[str, Any]:
    return {
        "kind": Kind.LOCAL,
        "basis": "local",
        "authority": f"This council’s own limit; over {base.authority}",
        "local_override_of": base,
        "override_reason": reason.strip(),
        "set_by": by,
        "valid_from": from_,
    }
