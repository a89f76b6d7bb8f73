from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "goldthread.practice.protection"
    label = "protection"
