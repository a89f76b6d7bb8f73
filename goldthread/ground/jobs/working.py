"""The worker, and how far behind it is."""

from datetime import timedelta

from django.db import connection
from django.db.models import Min
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from goldthread.ground.boot.health import LONGEST_WAIT, Finding


def work(*, until_done: bool = False) -> None:
    """Run jobs until told to stop (SIGINT, SIGTERM), or only those waiting now; a job begun is finished first."""
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the queue is not Django's")
    with app.replace_connector(connector.get_worker_connector()) as worker:
        connection.close()
        worker.run_worker(wait=not until_done, concurrency=1, delete_jobs="successful", shutdown_graceful_timeout=30)


@app.periodic(cron="* * * * *")
@app.task(name="ground.jobs.take_up_what_was_dropped", queueing_lock="take up", pass_context=True)
async def take_up_what_was_dropped(context: JobContext, timestamp: int) -> None:
    """Jobs that a killed worker had begun wait again: it has given no sign of life for half a minute. What they had changed was undone with it."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)


def lag() -> timedelta:
    """How long the oldest job that could run by now has waited."""
    now = timezone.now()
    asked = ProcrastinateEvent.objects.filter(job__status="todo", type="deferred").exclude(job__scheduled_at__gt=now)
    oldest = asked.aggregate(oldest=Min(Coalesce("job__scheduled_at", "at")))["oldest"]
    return now - oldest if oldest else timedelta()


def behind() -> Finding:
    waited = lag()
    minutes = int(waited.total_seconds() // 60)
    sentence = (
        f"A job has waited {minutes} minutes: is “goldthread worker” running?" if waited > LONGEST_WAIT else "No job is waiting long."
    )
    return Finding("jobs", waited <= LONGEST_WAIT, sentence)


def given_up() -> Finding:
    count = ProcrastinateJob.objects.filter(status="failed").count()
    return Finding("failed jobs", not count, f"{count} jobs were given up after every attempt." if count else "No job was given up.")
