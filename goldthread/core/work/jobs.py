"""Reckoning open clocks again, after the answer: a changed rule or holiday may move thousands of them."""

from goldthread.core.work.actions import recompute
from goldthread.core.work.models import OPEN, Clock
from goldthread.ground import jobs


@jobs.task
def reckon_again(key: str, why: str) -> None:
    """Open clocks of one rule."""
    recompute(key=key, why=why)


@jobs.task
def reckon_all_again(why: str) -> None:
    """Open clocks of every rule: a holiday came or went."""
    for key in Clock.objects.filter(OPEN).values_list("key", flat=True).distinct():
        recompute(key=key, why=why)
