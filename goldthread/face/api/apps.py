from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "goldthread.face.api"
    label = "rest"
