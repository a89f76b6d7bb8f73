from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "goldthread.ground.running"
    label = "running"
