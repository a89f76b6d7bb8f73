"""Person: one row for one human being, from before birth to after death."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from goldthread.core.people.reference import new_reference
from goldthread.ground.access.predicate import SeenQuerySet
from goldthread.ground.time.ages import age_on
from goldthread.ground.time.periods import add_years

ADULT_AT = 18


class PersonQuerySet(SeenQuerySet):
    def children(self, on: dt.date | None = None) -> Self:
        """Under 18 on the day, unborn children among them; someone of unknown age counts as a child unless taken for an adult."""
        day = on or timezone.localdate()
        return self.filter(
            Q(born_on__gt=add_years(day, -ADULT_AT)) | Q(born_on__isnull=True, recorded_as_adult=False, pregnancy_ended_on__isnull=True)
        )

    def alive(self) -> Self:
        """Neither dead nor lost in pregnancy: those to whom and about whom anything may still be sent."""
        return self.filter(died_on__isnull=True, pregnancy_ended_on__isnull=True)

    def named(self) -> Self:
        """Those we know a name for; census imports hold none."""
        return self.filter(is_named=True)

    def standing(self) -> Self:
        """Those not merged into another."""
        return self.filter(merged_into__isnull=True)


class Person(models.Model):
    """A child, unborn child or adult.

    Authority: draft national Person standard PUB01; children in need census (sex N00783, ethnicity
    N00177, disability N00099, UPN unknown N00135, expected birth date).
    `born_accuracy` is three letters for day, month and year: A as recorded, E estimated, U unknown.
    """

    class Sex(models.TextChoices):
        MALE = "M", "Male"
        FEMALE = "F", "Female"
        UNKNOWN = "U", "Not known, or not yet born"
        INDETERMINATE = "I", "Indeterminate"

    class Origin(models.TextChoices):
        HERE = "here", "Recorded here"
        IMPORTED = "imported", "Imported"

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.HERE, db_default=Origin.HERE)
    is_named = models.BooleanField(default=False, db_default=False)
    shown_name = models.TextField(null=True, editable=False)
    sort_name = models.TextField(null=True, editable=False)

    born_on = models.DateField(null=True, blank=True)
    born_accuracy = models.CharField(max_length=3, null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    pregnancy_ended_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    died_accuracy = models.CharField(max_length=3, null=True, blank=True)
    recorded_as_adult = models.BooleanField(default=False, db_default=False)

    sex = models.CharField(max_length=1, choices=Sex, null=True, blank=True)
    gender = models.CharField(max_length=1, null=True, blank=True)
    gender_in_own_words = models.TextField(null=True, blank=True)
    ethnicity = models.CharField(max_length=4, null=True, blank=True)
    ethnicity_source = models.TextField(null=True, blank=True)
    religion = models.TextField(null=True, blank=True)
    nationality = models.TextField(null=True, blank=True)
    first_language = models.TextField(null=True, blank=True)
    needs_interpreter = models.BooleanField(null=True, blank=True)
    interpreter_language = models.TextField(null=True, blank=True)
    communication_needs = models.TextField(null=True, blank=True)
    disabilities = ArrayField(models.CharField(max_length=4), null=True, blank=True)
    upn_unknown = models.CharField(max_length=3, null=True, blank=True)

    identity_protected = models.BooleanField(default=False, db_default=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_name"], name="person_sort_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(born_accuracy__isnull=True) | Q(born_accuracy__regex=r"^[AEU]{3}$"),
                name="person_born_accuracy_is_three_letters",
            ),
            models.CheckConstraint(
                condition=Q(died_accuracy__isnull=True) | Q(died_accuracy__regex=r"^[AEU]{3}$"),
                name="person_died_accuracy_is_three_letters",
            ),
            models.CheckConstraint(
                condition=Q(pregnancy_ended_on__isnull=True) | Q(born_on__isnull=True), name="person_lost_in_pregnancy_was_not_born"
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="person_is_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(disabilities__isnull=True) | ~Q(disabilities__contains=["NONE"]) | Q(disabilities=["NONE"]),
                name="person_disability_none_stands_alone",
            ),
            models.CheckConstraint(condition=Q(sex__isnull=True) | Q(sex__in=["M", "F", "U", "I"]), name="person_sex_is_a_code"),
        ]

    def __str__(self) -> str:
        return self.shown_name or f"Person {self.reference}"

    @property
    def is_unborn(self) -> bool:
        """Awaited: a date is expected, nobody is born and the pregnancy has not ended."""
        return self.born_on is None and self.expected_on is not None and self.pregnancy_ended_on is None

    def age_on(self, day: dt.date) -> int | None:
        """Whole years on `day` (or at death, if earlier); None while unborn or unknown."""
        last = min(day, self.died_on) if self.died_on else day
        if self.born_on is None or last < self.born_on:
            return None
        return age_on(self.born_on, last)

    def is_child_on(self, day: dt.date) -> bool:
        """Under 18 on `day`. The same rule as `Person.objects.children(on=day)`."""
        if self.born_on is None:
            return not self.recorded_as_adult and self.pregnancy_ended_on is None
        return self.born_on > add_years(day, -ADULT_AT)

    @property
    def is_child(self) -> bool:
        return self.is_child_on(timezone.localdate())
