"""Who sees whom, asked as the pages ask."""

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record


def sees(user, person) -> bool:
    user = type(user).objects.get(pk=user.pk)
    people = Person.objects.filter(pk=person.pk).seen_by(user).exists()
    assert people == Record.objects.about(person.pk).seen_by(user).exists()
    return people
