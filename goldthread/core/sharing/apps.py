from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "goldthread.core.sharing"
    label = "sharing"

    def ready(self) -> None:
        from goldthread.core.sharing.models import Share
        from goldthread.ground.access import belt

        belt.leave_apart(Share)
