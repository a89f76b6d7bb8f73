from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "goldthread.core.agencies"
    label = "agencies"
