"""People: children, unborn children and adults, and everything that is true of them outside any procedure.

Shapes follow the draft national Person standard (PUB01: Identifier, Name, Address, Contact,
PersonRelationship, PartialDate), with the validity dates, confidentiality and parental
responsibility that the draft leaves out. `until_on` is always the first day on which a fact no
longer held, so a move on 5 March closes one row and opens the next on the same day.
Unknown is NULL. Only `actions` writes.
"""

from goldthread.core.people.models.family import Household, HouseholdMember, Relationship
from goldthread.core.people.models.matching import Merge, NotThisPerson, SearchKeys
from goldthread.core.people.models.naming import Identifier, PersonName
from goldthread.core.people.models.person import Person, PersonQuerySet
from goldthread.core.people.models.places import Address, ContactPoint, PersonAddress
from goldthread.core.people.models.safety import Alert

__all__ = [
    "Address",
    "Alert",
    "ContactPoint",
    "Household",
    "HouseholdMember",
    "Identifier",
    "Merge",
    "NotThisPerson",
    "Person",
    "PersonAddress",
    "PersonName",
    "PersonQuerySet",
    "Relationship",
    "SearchKeys",
]
