"""Someone as the caller describes them, before anybody knows whether we have met them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record


class DescribedPerson(models.Model):
    """One person of a contact, in the words used, and the person on file they turned out to be.

    Kept exactly as typed, half a date and all, so like a draft it stands outside the change trail; who was matched is
    written in `settled_by` and `settled_at`, and what follows from it (the child on the record, a new person, a tie) is
    on the trail where it is written.
    """

    CHILD, OTHER_CHILD, UNBORN, ADULT = "child", "other_child", "unborn", "adult"
    ROLES: ClassVar = {
        CHILD: "A child the worry is about",
        UNBORN: "An unborn baby the worry is about",
        OTHER_CHILD: "Another child of the family or household",
        ADULT: "An adult",
    }
    ABOUT = (CHILD, UNBORN)  # the contact is about these; the others are the family round them
    TYPED = (
        "given", "family", "born_day", "born_month", "born_year", "age", "expected_day", "expected_month", "expected_year", "sex",
        "same_home", "line1", "town", "postcode", "school", "phone", "relationship", "related_to", "notes",
    )  # fmt: skip
    is_audited: ClassVar[bool] = False

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="described")
    position = models.SmallIntegerField()
    role = models.TextField(choices=list(ROLES.items()))
    given = models.TextField(default="")
    family = models.TextField(default="")
    born_day = models.TextField(default="")
    born_month = models.TextField(default="")
    born_year = models.TextField(default="")
    age = models.TextField(default="")
    expected_day = models.TextField(default="")
    expected_month = models.TextField(default="")
    expected_year = models.TextField(default="")
    sex = models.TextField(default="")
    same_home = models.TextField(default="")  # yes: the home of the first person described
    line1 = models.TextField(default="")
    town = models.TextField(default="")
    postcode = models.TextField(default="")
    school = models.TextField(default="")
    phone = models.TextField(default="")
    relationship = models.TextField(default="")  # codes people.relationship: what this person is to those of `related_to`
    related_to = ArrayField(models.TextField(), default=list)  # positions; none: every child the contact is about
    notes = models.TextField(default="")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    is_new = models.BooleanField(default=False)  # put on file from this description
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)  # described by mistake; the words stay
    revision = models.IntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    last_tab = models.TextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "position"], name="described_once_a_position")]

    def __str__(self) -> str:
        told = " ".join(filter(None, [self.given.strip(), self.family.strip()]))
        if self.person is not None:
            return str(self.person)
        return told or {self.UNBORN: "Unborn baby", self.ADULT: "An adult not named yet"}.get(self.role, "A child not named yet")

    @property
    def is_child(self) -> bool:
        return self.role != self.ADULT

    @property
    def says_nothing(self) -> bool:
        """Too little to look for or put on file."""
        return not any(getattr(self, name) for name in self.TYPED if name not in ("relationship", "related_to", "same_home"))
