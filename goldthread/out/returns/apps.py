from typing import Any

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "goldthread.out.returns"
    label = "returns"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from goldthread.core.records.models import FairCopy

        post_save.connect(ask_again, sender=FairCopy, dispatch_uid="census asks again")


def ask_again(instance: Any, **_: Any) -> None:
    """A step was completed or corrected: what the census would say of its children is checked, in a moment and elsewhere."""
    from goldthread.ground import jobs
    from goldthread.out.returns.jobs import check_children_of

    jobs.enqueue(check_children_of, record=instance.record_id)
