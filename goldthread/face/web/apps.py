from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "goldthread.face.web"
    label = "web"
