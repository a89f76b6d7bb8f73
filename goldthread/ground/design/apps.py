from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "goldthread.ground.design"
    label = "design"
