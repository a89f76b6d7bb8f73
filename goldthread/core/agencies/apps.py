from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "goldthread.core.agencies"
    label = "agencies"

    def ready(self) -> None:
        from goldthread.core.agencies.queries import standing_of
        from goldthread.core.agencies.seeing import people_seen
        from goldthread.core.people.models import Person
        from goldthread.ground.access.predicate import register, register_standing

        register_standing(standing_of)
        register(Person, people_seen)
