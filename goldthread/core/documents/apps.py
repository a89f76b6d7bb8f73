from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "goldthread.core.documents"
    label = "documents"

    def ready(self) -> None:
        from goldthread.core.documents import actions
        from goldthread.core.people.events import person_died, pregnancy_ended
        from goldthread.core.records.events import left_file

        pregnancy_ended.connect(actions.stop_for_loss, dispatch_uid="documents.lost")
        person_died.connect(actions.stop_for_death, dispatch_uid="documents.died")
        left_file.connect(actions.stop_for_leaving, dispatch_uid="documents.left")
