from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "goldthread.ground.audit"
    label = "audit"

    def ready(self) -> None:
        from goldthread.ground.audit.queries import sealed, verified
        from goldthread.ground.audit.spool import taken_in
        from goldthread.ground.audit.trail import attach
        from goldthread.ground.boot.health import LOOKS

        LOOKS.extend([sealed, verified, taken_in])
        post_migrate.connect(attach, sender=self, dispatch_uid="audit.attach")
