from django.apps import AppConfig


class PathwayConfig(AppConfig):
    name = "goldthread.pathway"
    label = "pathway"
