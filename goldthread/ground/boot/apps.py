from django.apps import AppConfig


class BootConfig(AppConfig):
    name = "goldthread.ground.boot"
    label = "boot"

    def ready(self) -> None:
        from goldthread.ground.boot.drills import drilled
        from goldthread.ground.boot.health import LOOKS

        LOOKS.append(drilled)
