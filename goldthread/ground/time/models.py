"""The law as dated rows: rules with their authority, holidays that were proclaimed, and a token that says they changed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldthread.ground.time.working_days import DayNought


class Kind(models.TextChoices):
    """Where a limit comes from; LOCAL never looks like LAW."""

    LAW = "LAW", "Law"
    GUIDANCE = "GUIDANCE", "Guidance"
    LOCAL = "LOCAL", "Local"


class Unit(models.TextChoices):
    """What a limit is counted in. School days and terms need a calendar the product does not hold; "none" is an event."""

    HOURS = "hours", "hour"
    WORKING_DAYS = "working_days", "working day"
    UK_WORKING_DAYS = "uk_working_days", "working day anywhere in the United Kingdom"
    CALENDAR_DAYS = "calendar_days", "day"
    WEEKS = "weeks", "week"
    MONTHS = "months", "month"
    YEARS = "years", "year"
    SCHOOL_DAYS = "school_days", "school day"
    TERMS = "terms", "school term"
    NONE = "none", "no number"


class Direction(models.TextChoices):
    """On which side of the trigger the limit lies."""

    WITHIN = "within", "within this long after the trigger"
    BEFORE = "before", "at least this long before the trigger"
    NOT_BEFORE = "not_before", "not until this long after the trigger"
    OPENS_BEFORE = "opens_before", "counts only from this long before the trigger"
    IN_TOTAL = "in_total", "added up over several occasions"


class Confidence(models.TextChoices):
    """How sure we are of the row as written."""

    HIGH = "H", "high"
    MEDIUM = "M", "medium"
    LOW = "Lo", "low"


class Rule(models.Model):
    """One version of one clock's rule, or a council's own limit laid over it.

    Rows are never rewritten: a changed text is a new version, unsigned; an own limit is a row of its own that points at the
    version it was laid over. `number` is the row in the statutory table of docs (1 to 143); one row may hold several clocks.
    """

    key = models.TextField()
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    process = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    trigger = models.TextField()  # reads after "from": "the referral"
    unit = models.TextField(choices=Unit.choices)
    limit = models.PositiveIntegerField(null=True)
    direction = models.TextField(choices=Direction.choices, default=Direction.WITHIN)
    day_nought = models.TextField(choices=[(day.value, day.value) for day in DayNought], default=DayNought.TRIGGER.value)
    rolls_forward = models.BooleanField(default=False)  # a last day that is not a working day moves to the next
    completed_when = models.TextField()
    authority = models.TextField()
    exceptions = models.TextField(null=True)
    confidence = models.TextField(choices=Confidence.choices)
    mark = models.TextField()  # V read, V2 read in a secondary source, K known, L local, ? unsure
    basis = models.TextField()
    consequence = models.TextField()  # what happens if it slips
    valid_from = models.DateField(null=True)  # NULL: since before anything recorded
    valid_until = models.DateField(null=True)  # the last day it holds
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    signed_off_comment = models.TextField(null=True)
    local_override_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="local_overrides")
    taken_back_at = models.DateTimeField(null=True)  # an own limit that was replaced before it began
    override_reason = models.TextField(null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_row_a_version_of_a_rule"),
            models.CheckConstraint(
                condition=Q(limit__isnull=True, unit="none") | Q(limit__isnull=False) & ~Q(unit="none"), name="a_limit_has_its_unit"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a_rule_is_law_guidance_or_local"),
            models.CheckConstraint(
                condition=Q(signed_off_by=None, signed_off_at=None) | Q(signed_off_by__isnull=False, signed_off_at__isnull=False),
                name="a_sign_off_has_its_person_and_time",
            ),
            models.CheckConstraint(
                condition=Q(local_override_of=None) | Q(kind="LOCAL", override_reason__isnull=False, valid_from__isnull=False),
                name="an_own_limit_is_local_with_a_reason_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="a_rule_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def is_signed_off(self) -> bool:
        """A named person has accepted this version for this council."""
        return self.signed_off_at is not None

    @property
    def is_local_override(self) -> bool:
        """This council's own limit, laid over a national or default one."""
        return self.local_override_of_id is not None


class HolidayChange(models.Model):
    """A day proclaimed a bank holiday, or made ordinary, since the library of holidays was published."""

    day = models.DateField(unique=True)
    is_holiday = models.BooleanField()
    name = models.TextField()
    authority = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name="") & ~Q(authority=""), name="a_holiday_has_a_name_and_authority")]

    def __str__(self) -> str:
        return f"{self.name} ({self.day})"


class Edition(models.Model):
    """One row whose token changes whenever a rule or a holiday does, so that every process knows to read them again.

    A random token, not a counter: after a roll-back the same number could come to mean something else.
    """

    is_the_one = models.BooleanField(default=True, unique=True)
    token = models.UUIDField(default=uuid.uuid4)

    is_audited = False  # says only that audited rows changed

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_the_one=True), name="there_is_one_edition")]

    def __str__(self) -> str:
        return str(self.token)
