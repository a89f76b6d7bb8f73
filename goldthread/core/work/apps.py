from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "goldthread.core.work"
    label = "work"

    def ready(self) -> None:
        from goldthread.core.people.events import person_died, pregnancy_ended
        from goldthread.core.records.events import left_file
        from goldthread.core.work.actions import relink, stop_for_death, stop_for_loss

        pregnancy_ended.connect(stop_for_loss, dispatch_uid="work.loss")
        person_died.connect(stop_for_death, dispatch_uid="work.death")
        left_file.connect(relink, dispatch_uid="work.left_file")
