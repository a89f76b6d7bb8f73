from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TimeConfig(AppConfig):
    name = "goldthread.ground.time"
    label = "dated"

    def ready(self) -> None:
        from goldthread.ground.time import working_days
        from goldthread.ground.time.actions import load_rules
        from goldthread.ground.time.queries import calendar

        working_days.use(calendar)
        post_migrate.connect(load_rules, sender=self, dispatch_uid="dated.load_rules")
