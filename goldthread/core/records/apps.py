from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "goldthread.core.records"
    label = "records"

    def ready(self) -> None:
        from goldthread.core.records.models import CaseNote, Comment, Draft, FairCopy, Record
        from goldthread.core.records.seeing import TELLS_OF_NOBODY_WITHHELD, records_seen
        from goldthread.ground.access import belt
        from goldthread.ground.access.predicate import register

        register(Record, records_seen)
        belt.about(Record)
        for model in (CaseNote, Comment, Draft, FairCopy):
            belt.withhold(model, unless=TELLS_OF_NOBODY_WITHHELD.format(table=model._meta.db_table))
