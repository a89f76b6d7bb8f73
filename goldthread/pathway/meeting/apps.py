from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "goldthread.pathway.meeting"
    label = "meeting"

    def ready(self) -> None:
        from goldthread.core.records.events import left_file, put_back
        from goldthread.pathway.meeting import holding, linked, pages, panels, seeing  # noqa: F401  (register with the kernel)
        from goldthread.pathway.meeting.chair.actions import on_files_changed

        left_file.connect(on_files_changed, dispatch_uid="meeting.left_file")
        put_back.connect(on_files_changed, dispatch_uid="meeting.put_back")
        left_file.connect(seeing.on_files_changed, dispatch_uid="meeting.called_off")
        put_back.connect(seeing.on_files_changed, dispatch_uid="meeting.not_called_off")
