from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "goldthread.ground.jobs"
    label = "jobs"
