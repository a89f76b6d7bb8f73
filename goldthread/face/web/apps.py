from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "goldthread.face.web"
    label = "web"

    def ready(self) -> None:
        from goldthread.face.web import checks, frame  # noqa: F401  (registers the check and what stands round every page)
