from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "goldthread.core.records"
    label = "records"

    def ready(self) -> None:
        from goldthread.core.records.models import Record
        from goldthread.core.records.seeing import records_seen
        from goldthread.ground.access.predicate import register

        register(Record, records_seen)
