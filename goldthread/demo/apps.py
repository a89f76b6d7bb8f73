from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "goldthread.demo"
    label = "demo"
