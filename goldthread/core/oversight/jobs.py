"""Looks of the days before, looked through each night."""

from django.utils.timezone import localdate

from goldthread.core.oversight import actions
from goldthread.ground import jobs


@jobs.every("50 2 * * *")
def look_through() -> None:
    actions.look_through_last_days(localdate())
