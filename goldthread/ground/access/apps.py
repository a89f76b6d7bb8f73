from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "goldthread.ground.access"
    label = "access"

    def ready(self) -> None:
        from goldthread.ground.access.belt import put_on
        from goldthread.ground.access.second_steps.queries import readable
        from goldthread.ground.boot.health import LOOKS

        LOOKS.append(readable)
        post_migrate.connect(put_on, sender=self, dispatch_uid="access.belt")
