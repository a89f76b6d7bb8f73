from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "goldthread.ground.access"
    label = "access"

    def ready(self) -> None:
        from goldthread.ground.access.second_steps.queries import readable
        from goldthread.ground.boot.health import LOOKS

        LOOKS.append(readable)
