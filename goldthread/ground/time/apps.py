from django.apps import AppConfig


class TimeConfig(AppConfig):
    name = "goldthread.ground.time"
    label = "dated"
