"""Where people live and how they may safely be reached."""

from django.db import models
from django.db.models import Q

from goldthread.core.people.models.dated import Dated, ends_after_it_begins
from goldthread.core.people.models.person import Person


class Address(models.Model):
    """A place. Authority: PUB01 Address {line1, line2?, city, postcode, UPRN?, USRN?, use?}; UPRN and USRN are text.

    `place_key` is the same for two spellings of one address and is how a household is recognised.
    """

    line1 = models.TextField(null=True, blank=True)
    line2 = models.TextField(null=True, blank=True)
    town = models.TextField(null=True, blank=True)
    postcode = models.CharField(max_length=8, null=True, blank=True)
    uprn = models.CharField(max_length=12, null=True, blank=True)
    usrn = models.CharField(max_length=8, null=True, blank=True)
    place_key = models.TextField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["place_key"], name="person_address_place_key"),
            models.Index(fields=["postcode"], name="person_address_postcode"),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.line1, self.line2, self.town, self.postcode]))


class PersonAddress(Dated):
    """A person at an address; a child between parents has two homes at once.

    `is_where_living` marks where they sleep now when that is not their home.

    A confidential address hides more than its own lines: school, surgery, nursery, worker's base
    and venue give it away as well, so those who print must ask `queries.has_confidential_address`.
    `is_post_safe` says whether a letter may be posted to this person here, and `post_said` who told us; NULL is “nobody has asked”.
    """

    class Use(models.TextChoices):
        HOME = "home", "Home"
        WORK = "work", "Work"
        TEMP = "temp", "For the time being"
        OLD = "old", "Former"
        BILLING = "billing", "Correspondence"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="people")
    use = models.CharField(max_length=10, choices=Use, default=Use.HOME, db_default=Use.HOME)
    is_where_living = models.BooleanField(default=False, db_default=False)
    is_confidential = models.BooleanField(default=False, db_default=False)
    confidential_reason = models.TextField(null=True, blank=True)
    confidential_from_whom = models.TextField(null=True, blank=True)
    is_post_safe = models.BooleanField(null=True, blank=True)
    post_said = models.TextField(null=True, blank=True)
    source = models.TextField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_it_begins("person_at_address_ends_after_it_begins"),
        ]


class ContactPoint(Dated):
    """A telephone number or e-mail address, and whether and how it may be used.

    An abuser may share the telephone or open the post: nothing is sent automatically to someone
    with no contact point whose `is_safe` is true (NULL is "nobody has asked").
    """

    class Kind(models.TextChoices):
        PHONE = "phone", "Telephone"
        EMAIL = "email", "E-mail"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.TextField()
    use = models.TextField(null=True, blank=True)
    is_preferred = models.BooleanField(default=False, db_default=False)
    is_safe = models.BooleanField(null=True, blank=True)
    safe_times = models.TextField(null=True, blank=True)
    code_word = models.TextField(null=True, blank=True)
    never_voicemail = models.BooleanField(default=False, db_default=False)
    notes = models.TextField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_it_begins("person_contact_point_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["person", "kind", "value"], condition=Q(until_on__isnull=True), name="person_contact_point_once_for_a_person"
            ),
        ]
