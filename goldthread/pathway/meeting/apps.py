from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "goldthread.pathway.meeting"
    label = "meeting"

    def ready(self) -> None:
        from goldthread.pathway.meeting import holding, pages, panels  # noqa: F401  (register with the kernel)
