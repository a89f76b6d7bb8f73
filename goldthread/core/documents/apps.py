from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "goldthread.core.documents"
    label = "documents"

    def ready(self) -> None:
        from goldthread.core.documents import actions
        from goldthread.core.documents.models import Sealed
        from goldthread.core.people.events import person_died, pregnancy_ended
        from goldthread.core.records.events import left_file
        from goldthread.core.records.seeing import TELLS_OF_NOBODY_WITHHELD
        from goldthread.ground.access import belt

        pregnancy_ended.connect(actions.stop_for_loss, dispatch_uid="documents.lost")
        person_died.connect(actions.stop_for_death, dispatch_uid="documents.died")
        left_file.connect(actions.stop_for_leaving, dispatch_uid="documents.left")
        told = TELLS_OF_NOBODY_WITHHELD.format(table="d")
        of_letter = f"EXISTS (SELECT 1 FROM documents_letter d WHERE d.id = documents_sealed.letter_id AND {told})"  # noqa: S608 - words of ours
        belt.withhold(Sealed, unless=of_letter)
