from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "goldthread.ground.jobs"
    label = "jobs"

    def ready(self) -> None:
        from goldthread.ground.boot.health import LOOKS
        from goldthread.ground.jobs.working import behind, given_up

        LOOKS.extend([behind, given_up])
