from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from goldthread.ground import jobs
from goldthread.ground.audit.acting import named_actor
from goldthread.ground.jobs import working

seen: list[tuple[int, str]] = []


@jobs.task
def remember(number: int) -> None:
    seen.append((number, named_actor()[0]))


def waiting() -> list[dict[str, int]]:
    """Of our own task: running the worker may also leave a job of the clock's."""
    mine = ProcrastinateJob.objects.filter(status="todo", task_name=remember.name)
    return list(mine.order_by("id").values_list("args", flat=True))


@pytest.mark.django_db
def test_a_change_rolled_back_leaves_no_job():
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue(remember, number=1)
        assert waiting() == [{"number": 1}]
        raise RuntimeError
    assert waiting() == []


@pytest.mark.django_db
def test_a_job_asked_for_twice_waits_once_and_spoils_nothing():
    for number in (1, 2):
        jobs.enqueue(remember, only_once="the same", number=number)
    jobs.enqueue(remember, number=3)
    assert waiting() == [{"number": 1}, {"number": 3}]


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_waits_as_the_job_itself_and_leaves_what_is_for_later():
    jobs.enqueue(remember, number=7)
    jobs.enqueue(remember, at=timezone.now() + timedelta(days=1), number=8)
    seen.clear()
    with ThreadPoolExecutor() as elsewhere:  # the worker brings a loop of its own, and a browser test may have left one running here
        elsewhere.submit(working.work, until_done=True).result()
    assert seen == [(7, "system:job ground.jobs.tests.test_jobs.remember")]
    assert waiting() == [{"number": 8}]


@pytest.mark.django_db
def test_a_job_waiting_for_hours_is_found_ill():
    jobs.enqueue(remember, number=1)
    assert working.behind().is_well
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '2 hours'")
    assert working.behind().sentence == "A job has waited 120 minutes: is “goldthread worker” running?"


@pytest.mark.django_db
def test_a_job_for_tomorrow_is_not_waiting():
    jobs.enqueue(remember, at=timezone.now() + timedelta(days=1), number=1)
    assert working.lag() == timedelta()
