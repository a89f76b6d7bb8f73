from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "goldthread.practice.front_door"
    label = "front_door"

    def ready(self) -> None:
        from goldthread.practice.front_door import actions, checks, panels  # noqa: F401  (register with the kernel)
