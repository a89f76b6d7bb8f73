from django.apps import AppConfig


class PathwayConfig(AppConfig):
    name = "goldthread.pathway"
    label = "pathway"

    def ready(self) -> None:
        from goldthread.core.records.events import left_file, put_back
        from goldthread.pathway.episodes.actions import let_go, take_up

        left_file.connect(let_go, dispatch_uid="pathway.episode.left_file")
        put_back.connect(take_up, dispatch_uid="pathway.episode.put_back")
