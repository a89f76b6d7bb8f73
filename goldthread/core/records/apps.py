from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "goldthread.core.records"
    label = "records"
