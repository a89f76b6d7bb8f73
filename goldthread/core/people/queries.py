from goldthread.core.people.models import Person
def parents_of(children): return list(Person.objects.filter(related_to__person__in=[c.pk for c in children], related_to__kind__in=["mother","father"]).distinct())
