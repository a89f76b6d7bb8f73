from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "goldthread.practice.protection"
    label = "protection"

    def ready(self) -> None:
        from goldthread.practice.protection.meetings import actions, checks, panels  # noqa: F401  (register with the kernel)
