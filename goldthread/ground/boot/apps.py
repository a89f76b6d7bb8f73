from django.apps import AppConfig


class BootConfig(AppConfig):
    name = "goldthread.ground.boot"
    label = "boot"
