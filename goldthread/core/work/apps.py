from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "goldthread.core.work"
    label = "work"
