"""The seal of each day that is over: every hour, because a night's long import may keep it waiting."""

from goldthread.ground import jobs
from goldthread.ground.audit import actions


@jobs.every("25 * * * *")
def seal() -> None:
    actions.seal()
