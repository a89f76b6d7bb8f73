from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "goldthread.out.insight"
    label = "insight"
