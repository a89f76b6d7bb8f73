from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "goldthread.ground.codes"
    label = "codes"
