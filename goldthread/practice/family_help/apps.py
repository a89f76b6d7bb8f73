from django.apps import AppConfig


class FamilyHelpConfig(AppConfig):
    name = "goldthread.practice.family_help"
    label = "family_help"
