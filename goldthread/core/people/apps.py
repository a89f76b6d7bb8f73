from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "goldthread.core.people"
    label = "people"

    def ready(self) -> None:
        from goldthread.core.people.models import (
            Address,
            Alert,
            ContactPoint,
            Household,
            Identifier,
            Person,
            PersonAddress,
            PersonName,
            SearchKeys,
        )
        from goldthread.ground.access import belt

        belt.about(Person, Address, Household)
        belt.leave_apart(SearchKeys)
        for model in (PersonName, Identifier, PersonAddress, ContactPoint, Alert):
            belt.withhold(model, unless="person_id NOT IN (SELECT w.person FROM belt_withheld() w)")
