from django.apps import AppConfig


class FamilyHelpConfig(AppConfig):
    name = "goldthread.practice.family_help"
    label = "family_help"

    def ready(self) -> None:
        from goldthread.practice.family_help import actions, pages, panels  # noqa: F401  (register with the kernel)
