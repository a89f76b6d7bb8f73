"""Returns asked for on the page; and what the rules say of the records, at night and after something was written."""

import threading

from django.db import connection
from django.utils.timezone import localdate

from goldthread.ground import jobs
from goldthread.out.returns import actions
from goldthread.out.returns.failures import actions as failing
from goldthread.out.returns.models import ReturnRun


@jobs.task
def write(run: int) -> None:
    """On a connection of its own: a job is one transaction, and how far it has come is to be seen while it lasts."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            actions.write_asked(ReturnRun.objects.get(pk=run))
        except BaseException as failure:  # it belongs to whoever waits for it
            failures.append(failure)
        finally:
            connection.close()

    apart = threading.Thread(target=work, name=f"return {run}")
    apart.start()
    apart.join()
    if failures:
        raise failures[0]


@jobs.every("30 3 * * *")
def check_everyone() -> None:
    """Everybody in a census that is being made ready, by its rules, before anybody comes to work."""
    failing.check_everyone(localdate())


@jobs.task
def check_children_of(record: int) -> None:
    """Something was written about them: away from the page, so that nobody waits for it."""
    failing.check_children_of(record, localdate())
