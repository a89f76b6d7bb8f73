"""Work done after the answer: kept in PostgreSQL, in the same transaction as the change that asks for it.

    @jobs.task
    def remind(task: int) -> None: ...

    jobs.enqueue(remind, task=12)

A change rolled back leaves no job. Arguments are JSON and stay in the queue: pass keys, never names or words about people.
Rooms keep their tasks in a file `jobs.py`, which is found by itself.
"""

from goldthread.ground.jobs.queue import enqueue, every, task

__all__ = ["enqueue", "every", "task"]
