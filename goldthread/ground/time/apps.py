from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class TimeConfig(AppConfig):
    name = "goldthread.ground.time"
    label = "dated"

    def ready(self) -> None:
        from goldthread.ground.time import working_days
        from goldthread.ground.time.actions import load_rules
        from goldthread.ground.time.in_force import look_again
        from goldthread.ground.time.queries import calendar

        working_days.use(calendar)
        connection_created.connect(look_again, dispatch_uid="dated.look_again")
        post_migrate.connect(load_rules, sender=self, dispatch_uid="dated.load_rules")
