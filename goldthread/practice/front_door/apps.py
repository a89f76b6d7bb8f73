from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "goldthread.practice.front_door"
    label = "front_door"

    def ready(self) -> None:
        from goldthread.practice.front_door import actions  # noqa: F401  (registers what follows each step)
