"""What must hold afterwards: everything acknowledged is there, nothing is half there, and clocks, chronology and trail agree with it."""

import json
import re
from collections import Counter

from django.apps import apps
from django.db import connection
from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob

from goldthread.core.records.models import CaseNote, Draft, FairCopy, Record, RecordChild
from goldthread.core.work.actions import recompute
from goldthread.core.work.models import Clock
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Change
from goldthread.ground.audit.trail import OF_OTHERS, SECRETS
from tests.resilience.crowd import Answered


def newest_change() -> int:
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def lost(answered: list[Answered]) -> list[str]:
    """Whatever somebody was told is kept, and is not."""
    words = set(CaseNote.objects.filter(kind="quick").values_list("words", flat=True))
    found = [f"note “{note}”" for told in answered for note in told.notes if note not in words]
    copied = set(FairCopy.objects.values_list("record__reference", flat=True))
    found += [f"contact {reference}" for told in answered for reference in told.completed if reference not in copied]
    drafts = dict(Draft.objects.values_list("record__reference", "answers__caller_words"))
    for told in answered:
        kept = re.search(r"\((\d+)\)", drafts.get(told.draft) or "")
        if told.drafted and (kept is None or int(kept[1]) < told.drafted):
            found.append(f"draft {told.draft}: number {told.drafted}")
    return found


def twice(answered: list[Answered]) -> list[str]:
    """A note pressed once and kept more than once."""
    count = Counter(CaseNote.objects.filter(kind="quick").values_list("words", flat=True))
    return [note for told in answered for note in (*told.notes, *told.perhaps) if count[note] > 1]


def marks_of(references: list[str]) -> dict[str, Counter[tuple[str, str]]]:
    """For each contact completed: how many rows of which table the press wrote, all in the transaction that made its fair copy."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.reference, c."table", c.op, count(*)
            FROM records_record r
            JOIN records_faircopy f ON f.record_id = r.id AND f.version = 1
            JOIN audit_change made ON made."table" = 'records_faircopy' AND made.row = f.id AND made.op = 'I'
            JOIN audit_change c ON c.transaction = made.transaction
            WHERE r.reference = ANY(%s) GROUP BY 1, 2, 3
            """,
            [references],
        )
        found: dict[str, Counter[tuple[str, str]]] = {}
        for reference, table, op, count in cursor.fetchall():
            found.setdefault(reference, Counter())[table, op] = count
    return found


def half_there(prepared: list[str], whole: Counter[tuple[str, str]]) -> list[str]:
    """Contacts that are neither as they were prepared nor completed exactly as the one that was completed in peace."""
    marks = marks_of(prepared)
    found = [f"{reference}: {marks[reference] - whole} {whole - marks[reference]}" for reference in marks if marks[reference] != whole]
    untouched = Record.objects.filter(reference__in=set(prepared) - set(marks))
    found += [f"{one.reference}: {one.state}" for one in untouched if one.state != "draft" or one.version != 0]
    found += [f"{one.reference} has no draft" for one in untouched.filter(drafts=None)]
    notes = Record.objects.filter(kind="records.case_note")
    found += [f"{one.reference} is a note without words" for one in notes.filter(case_note=None)]
    found += [f"{one.reference} is about nobody" for one in notes.filter(children=None)]
    return found


def untold(since: int) -> list[str]:
    """Rows that do not stand as the trail says: every column's last value, every row's making, every removal."""
    found: list[str] = []
    models = {model._meta.db_table: model for model in apps.get_models() if getattr(model, "is_audited", True)}
    for table in set(Change.objects.filter(pk__gt=since).values_list("table", flat=True)):
        key, hidden = models[table]._meta.pk.column, OF_OTHERS.get(models[table]._meta.label_lower, SECRETS)
        said: dict[int, dict | None] = {}
        for row, op, now in Change.objects.filter(pk__gt=since, table=table).order_by("pk").values_list("row", "op", "now"):
            said[row] = None if op == "D" else {**(said.get(row) or {}), **now}
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{key}", to_jsonb(t) FROM "{table}" t WHERE "{key}" = ANY(%s)', [list(said)])
            stands = {row: json.loads(there) for row, there in cursor.fetchall()}
        for row, values in said.items():
            there = stands.get(row)
            if (values is None) != (there is None):
                found.append(f"{table} {row}: {'there' if there else 'gone'}, and the trail says otherwise")
            elif values and there:
                found += [f"{table} {row}: {name}" for name, value in values.items() if name not in hidden and there.get(name) != value]
    return found


def unwritten(since: dict[str, int]) -> list[str]:
    """Rows made since then of whose making the trail says nothing. `since` is each table's highest key before."""
    found = []
    for table, key in since.items():
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT t.id FROM "{table}" t WHERE t.id > %s'
                """ AND NOT EXISTS (SELECT 1 FROM audit_change c WHERE c."table" = %s AND c.row = t.id AND c.op = 'I')""",
                [key, table],
            )
            found += [f"{table} {row}" for (row,) in cursor.fetchall()]
    return found


def highest_keys() -> dict[str, int]:
    found = {}
    for model in (Record, RecordChild, FairCopy, Clock):
        found[model._meta.db_table] = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return found


def out_of_step() -> list[str]:
    """Clocks that would be reckoned otherwise today, and lines of the chronology on another day than their record."""
    found = []
    with acting(system="resilience"):
        for key in Clock.objects.values_list("key", flat=True).distinct():
            if moved := recompute(key=key, why="resilience"):
                found.append(f"{moved} clocks of {key}")
    lines = RecordChild.objects.exclude(happened_on=F("record__happened_on"))
    return found + [f"line {one.pk} of the chronology" for one in lines]


def jobs_left() -> list[str]:
    return [f"{job.task_name}: {job.status}" for job in ProcrastinateJob.objects.filter(status__in=["doing", "failed", "aborting"])]
