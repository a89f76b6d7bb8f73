from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "goldthread.core.oversight"
    label = "oversight"
