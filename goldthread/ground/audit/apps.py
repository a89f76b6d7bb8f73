from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "goldthread.ground.audit"
    label = "audit"

    def ready(self) -> None:
        from goldthread.ground.audit.trail import attach

        post_migrate.connect(attach, sender=self, dispatch_uid="audit.attach")
