"""What a person is called, and the numbers others know them by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from goldthread.core.people.models.dated import Dated, ends_after_it_begins
from goldthread.core.people.models.person import Person


class PersonName(Dated):
    """One name a person has gone by. Authority: PUB01 Name {familyName[], givenName[], preferredName?, use?}."""

    class Use(models.TextChoices):
        USUAL = "usual", "Usual name"
        OFFICIAL = "official", "Legal name"
        TEMP = "temp", "For the time being"
        NICKNAME = "nickname", "Nickname"
        ANONYMOUS = "anonymous", "Name that hides who they are"
        OLD = "old", "Former name"
        MAIDEN = "maiden", "Name before marriage"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    use = models.CharField(max_length=10, choices=Use, default=Use.USUAL, db_default=Use.USUAL)
    given_names = ArrayField(models.TextField(), default=list, db_default=[])
    family_names = ArrayField(models.TextField(), default=list, db_default=[])
    preferred = models.TextField(null=True, blank=True)
    source = models.TextField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_it_begins("person_name_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.shown

    @property
    def given(self) -> str:
        return " ".join(self.given_names)

    @property
    def family(self) -> str:
        return " ".join(self.family_names)

    @property
    def shown(self) -> str:
        """How the name is spoken: the preferred name in place of the given ones."""
        return " ".join(filter(None, [self.preferred or self.given, self.family]))


class Identifier(Dated):
    """A number or code issued by someone: `system` is the issuer's URI, see `identifier_systems`.

    Two people may hold one number: NHS numbers and UPNs are mis-keyed and mis-traced, and the
    second holder is a duplicate to look into, not an error that loses the record. Only `is_key`
    identifiers, the ones by which a source system finds its own person again, are unique.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    system = models.TextField()
    value = models.TextField()
    is_key = models.BooleanField(default=False, db_default=False)
    source = models.TextField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_how = models.TextField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["system", "value"], name="person_identifier_value"),
        ]
        constraints = [
            ends_after_it_begins("person_identifier_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["person", "system", "value"], condition=Q(until_on__isnull=True), name="person_identifier_once_for_a_person"
            ),
            models.UniqueConstraint(
                fields=["system", "value"], condition=Q(is_key=True, until_on__isnull=True), name="person_identifier_key_is_one_person"
            ),
        ]

    def __str__(self) -> str:
        return self.value
