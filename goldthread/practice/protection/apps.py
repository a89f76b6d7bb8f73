from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "goldthread.practice.protection"
    label = "protection"

    def ready(self) -> None:
        from goldthread.core.people.events import person_born, person_died, pregnancy_ended
        from goldthread.core.records.events import left_file
        from goldthread.practice.protection import actions, checks, pages  # noqa: F401  (register with the kernel)
        from goldthread.practice.protection.conferences import actions as conference_actions
        from goldthread.practice.protection.conferences import checks as conference_checks  # noqa: F401
        from goldthread.practice.protection.conferences import known  # noqa: F401
        from goldthread.practice.protection.letters import pages as letter_pages  # noqa: F401
        from goldthread.practice.protection.meetings import actions as meeting_actions  # noqa: F401
        from goldthread.practice.protection.meetings import checks as meeting_checks  # noqa: F401
        from goldthread.practice.protection.meetings import panels  # noqa: F401

        left_file.connect(conference_actions.keep_to_its_children, dispatch_uid="protection.left_file")
        person_born.connect(actions.visit_from_birth, dispatch_uid="protection.born")
        person_died.connect(actions.end_for_death, dispatch_uid="protection.died")
        pregnancy_ended.connect(actions.end_for_death, dispatch_uid="protection.lost")
