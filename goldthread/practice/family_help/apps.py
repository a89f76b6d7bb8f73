from django.apps import AppConfig


class FamilyHelpConfig(AppConfig):
    name = "goldthread.practice.family_help"
    label = "family_help"

    def ready(self) -> None:
        from goldthread.pathway.episodes.events import began
        from goldthread.practice.family_help import actions, checks, pages, panels  # noqa: F401  (register with the kernel)

        began.connect(actions.protection_takes_its_place, dispatch_uid="family_help.protection")
