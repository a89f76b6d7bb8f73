"""Minutes of more than thirteen months ago tell nobody anything."""

from goldthread.ground import jobs
from goldthread.ground.running import actions


@jobs.every("40 4 * * *")
def forget_old_minutes() -> None:
    actions.forget()
