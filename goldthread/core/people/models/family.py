"""Who is what to whom, and who lives together."""

from django.db import models
from django.db.models import F, Q

from goldthread.core.people.models.dated import Dated, ends_after_it_begins
from goldthread.core.people.models.person import Person
from goldthread.core.people.models.places import Address


class Relationship(Dated):
    """`other` is the `kind` of `person`: kind "mother" says that other is person's mother.

    As in PUB01's PersonRelationship, the code names the related person's role towards the record's
    owner. Each tie is stored once, the way round that the list `people.relationship` calls stored (a child's
    row points at the adult), and read from both sides; siblings are mostly not stored at all but
    follow from a shared parent. Parental responsibility (Children Act 1989 s2-4ZA, s12) is that of
    `other` for `person`; NULL is not known. `knows_of_pregnancy` false: letters, visits and
    telephone calls must not give it away.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related_to")
    kind = models.CharField(max_length=40)
    has_parental_responsibility = models.BooleanField(null=True, blank=True)
    parental_responsibility_basis = models.TextField(null=True, blank=True)
    is_confirmed = models.BooleanField(default=True, db_default=True)
    is_main_carer = models.BooleanField(default=False, db_default=False)
    knows_of_pregnancy = models.BooleanField(null=True, blank=True)
    note = models.TextField(null=True, blank=True)
    source = models.TextField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_it_begins("relationship_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="relationship_is_with_another"),
            models.UniqueConstraint(
                fields=["person", "other", "kind"], condition=Q(until_on__isnull=True), name="relationship_stands_once"
            ),
        ]


class Household(Dated):
    """People who live together, at an address where one is known."""

    name = models.TextField(null=True, blank=True)
    address = models.ForeignKey(Address, null=True, blank=True, on_delete=models.PROTECT, related_name="households")


class HouseholdMember(Dated):
    """A person may belong to two households at once: a child between parents does."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="households")

    class Meta:
        constraints = [
            ends_after_it_begins("household_member_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(until_on__isnull=True), name="household_member_once_at_a_time"
            ),
        ]
