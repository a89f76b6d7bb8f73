"""The worker, and how far behind it is."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob


def work() -> None:
    """Run jobs until told to stop (SIGINT, SIGTERM); a job begun is finished first."""
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the queue is not Django's")
    connection.close()
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(concurrency=1, delete_jobs="successful", shutdown_graceful_timeout=30)


def lag() -> timedelta:
    """How long the oldest job that could run has waited."""
    now = timezone.now()
    waiting = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=now)
    since = [moment for moment in waiting.order_by("id").values_list("scheduled_at", "events__at")[:1] for moment in moment if moment]
    return now - max(since) if since else timedelta()


def failed() -> int:
    """Jobs given up after every attempt."""
    return ProcrastinateJob.objects.filter(status="failed").count()
