from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "goldthread.core.sharing"
    label = "sharing"
