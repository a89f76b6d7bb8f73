from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "goldthread.ground.access"
    label = "access"
