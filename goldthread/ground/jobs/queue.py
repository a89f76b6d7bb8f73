"""The queue, behind three words of our own: `task`, `enqueue`, `every`."""

from collections.abc import Callable
from datetime import datetime
from functools import update_wrapper
from typing import Any

from django.db import close_old_connections, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from goldthread.ground.audit.acting import acting

# Tried again after 2, 4, 8 … seconds, the tenth time after about 17 minutes; then it stands as failed in `goldthread health`.
RETRY = RetryStrategy(max_attempts=10, exponential_wait=2)


class Task:
    """A function that can be enqueued; called directly it is the plain function."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function
        self.name = f"{function.__module__.removeprefix('goldthread.').removesuffix('.jobs')}.{function.__name__}"
        self.queued = app.task(name=self.name, retry=RETRY)(self.run)
        update_wrapper(self, function)

    def __call__(self, **arguments: Any) -> None:
        self.function(**arguments)

    def run(self, **arguments: Any) -> None:
        """In a worker: in a transaction of its own, with the job's name as the actor."""
        close_old_connections()
        with acting(system=f"job {self.name}"):
            self.function(**arguments)


class TaskByTheClock(Task):
    """A task the worker enqueues itself; procrastinate hands it the moment it was meant for, which it does not need."""

    def __init__(self, function: Callable[[], None], cron: str) -> None:
        super().__init__(function)
        app.periodic(cron=cron)(self.queued)  # type: ignore[arg-type]

    def run(self, timestamp: int) -> None:  # type: ignore[override]
        super().run()


def task(function: Callable[..., None]) -> Task:
    return Task(function)


def every(cron: str) -> Callable[[Callable[[], None]], TaskByTheClock]:
    """A task without arguments, run by the clock: minute, hour, day, month, weekday, in UTC."""
    return lambda function: TaskByTheClock(function, cron)


def enqueue(
    task: Task, *, at: datetime | None = None, one_at_a_time: str | None = None, only_once: str | None = None, **arguments: Any
) -> None:
    """Ask for a task, within the current transaction.

    `at`: not before this moment. `one_at_a_time`: never beside another job with this key.
    `only_once`: not if a job with this key is waiting already.
    """
    options: dict[str, Any] = {"schedule_at": at, "lock": one_at_a_time, "queueing_lock": only_once}
    chosen = {name: value for name, value in options.items() if value is not None}
    try:
        with transaction.atomic():
            task.queued.configure(**chosen).defer(**arguments)
    except AlreadyEnqueued:
        return
