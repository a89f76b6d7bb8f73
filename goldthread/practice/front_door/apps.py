from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "goldthread.practice.front_door"
    label = "front_door"
