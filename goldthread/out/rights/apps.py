from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "goldthread.out.rights"
    label = "rights"
