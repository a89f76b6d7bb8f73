"""The trail read again and compared with its seals: what is whole, and which row is not what it was."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from goldthread.ground.audit.models import Change, Seal, Verification
from goldthread.ground.audit.sealing import BLOCK, DIGEST, LINK, ROWS, digests

NAMES = {"audit_change": "changes", "audit_reading": "looks"}
NAMED = 12  # rows named one by one in a sentence


@dataclass(frozen=True)
class Sealed:
    """One seal as read again, with what is wrong; nothing is wrong with a whole one."""

    number: int
    trail: str
    day: date
    count: int
    wrong: list[str]


@dataclass
class Verified:
    """What was found: seal by seal, and what no single day answers for."""

    days: list[Sealed] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    newest: Seal | None = None

    @property
    def is_whole(self) -> bool:
        return not self.wrong and not any(one.wrong for one in self.days)


def verify(*, since: date | None = None, expected: Iterable[bytes] = ()) -> Verified:
    """Every seal's place in the chain; and of the days since, every row. `expected` are hashes kept elsewhere."""
    found = Verified(newest=Seal.objects.order_by("-number").first())
    chain = list(Seal.objects.order_by("number").defer("digest", "before"))
    links = _broken_links()
    for one in chain:
        reread = since is None or one.day >= since
        wrong = [*links.get(one.number, []), *(_rows(one.number) if reread else [])]
        if reread or wrong:
            found.days.append(Sealed(one.number, one.trail, one.day, one.count, wrong))
    hashes = {bytes(one.hash) for one in chain}
    found.wrong += [*_missing([one.number for one in chain]), *_unknown(hashes, expected), *_beyond()]
    found.remarks += _unsealed()
    return found


def _all(sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _broken_links() -> dict[int, list[str]]:
    """Seals that are not what they were, and seals that do not follow on the one before; by number."""
    rows = _all(f"""
      SELECT number, {LINK} IS DISTINCT FROM hash,
             number > 1 AND lag(number) OVER chain = number - 1 AND before IS DISTINCT FROM lag(hash) OVER chain,
             first_key <> lag(last_key) OVER (PARTITION BY trail ORDER BY number) + 1
      FROM audit_seal WINDOW chain AS (ORDER BY number)""")  # noqa: S608 (declared above, no input)
    said: dict[int, list[str]] = {}
    for number, is_altered, is_loose, leaves_out in rows:
        if is_altered:
            said.setdefault(number, []).append(f"Seal {number} itself was altered.")
        if is_loose:
            said.setdefault(number, []).append(
                f"Seal {number} does not follow on seal {number - 1}: one of them is not the one that was made."
            )
        if leaves_out:
            said.setdefault(number, []).append(f"Seal {number} does not begin where the seal before it of this trail ends.")
    return said


def _rows(number: int) -> list[str]:
    """What differs between the rows and their seal."""
    seal = Seal.objects.get(number=number)
    ((digest,),) = _all(f"SELECT {DIGEST} FROM audit_sealedblock WHERE seal_id = %s", [number])  # noqa: S608 (declared above, no input)
    said = (
        []
        if bytes(digest) == bytes(seal.digest)
        else [f"The blocks of seal {number} were altered: which rows changed may be told wrongly."]
    )
    if seal.trail not in ROWS:
        return [*said, f"Seal {number} is of a trail that does not exist."]
    differing = _all(
        f"""SELECT coalesce(now.block, sealed.block), now.marks, sealed.marks
        FROM ({digests(seal.trail, "%s", "%s")}) AS now
        FULL JOIN (SELECT block, count, hash, marks FROM audit_sealedblock WHERE seal_id = %s) AS sealed ON sealed.block = now.block
        WHERE now.hash IS DISTINCT FROM sealed.hash ORDER BY 1""".replace(f"% {BLOCK}", f"%% {BLOCK}"),  # noqa: S608 (declared above, no input)
        [seal.first_key, seal.last_key, number],
    )
    removed: list[int] = []
    added: list[int] = []
    altered: list[int] = []
    for block, marks, sealed_marks in differing:
        now, then = _marked(block, marks), _marked(block, sealed_marks)
        changed = [key for key in then if key in now and now[key] != then[key]]
        gone, new = [key for key in then if key not in now], [key for key in now if key not in then]
        if not (changed or gone or new):
            said.append(f"Something between keys {block * BLOCK} and {block * BLOCK + BLOCK - 1} was altered; which row cannot be told.")
        altered, removed, added = altered + changed, removed + gone, added + new
    return [*said, *_of_rows(altered, "altered"), *_of_rows(removed, "removed"), *_of_rows(added, "put in after sealing")]


def _marked(block: int, marks: Any) -> Mapping[int, bytes]:
    """Each row's mark by its key."""
    read = bytes(marks or b"")
    pieces = (read[at : at + 6] for at in range(0, len(read), 6))
    return {block * BLOCK + int.from_bytes(piece[:2], "big", signed=True): piece[2:] for piece in pieces}


def _of_rows(keys: list[int], what: str) -> Iterator[str]:
    if keys:
        named = ", ".join(str(key) for key in keys[:NAMED])
        rest = f" and {len(keys) - NAMED:,} more up to {keys[-1]}" if len(keys) > NAMED else ""
        yield f"{len(keys):,} row{'s were' if len(keys) > 1 else ' was'} {what}: {named}{rest}."


def _missing(numbers: list[int]) -> Iterator[str]:
    """Seals that a later one, or the trail itself, says were made."""
    made = set(Change.objects.filter(table="audit_seal", op="I").values_list("row", flat=True)) | set(range(1, max(numbers, default=0)))
    for number in sorted(key for key in made - set(numbers) if key is not None):
        told = Change.objects.filter(table="audit_seal", op="I", row=number).order_by("pk").first()
        words = told.now if told else {}
        of = f" ({NAMES.get(words.get('trail', ''), 'rows')} of {words.get('day')})" if words else ""
        yield f"Seal {number}{of} was made and is gone: nothing proves what it sealed."
    if numbers:
        for table in ROWS:
            ((first, below),) = _all(
                f"SELECT min(first_key), (SELECT count(*) FROM public.{table} WHERE id < (SELECT min(first_key) FROM audit_seal WHERE trail = %s)) "  # noqa: S608 (declared above, no input)
                "FROM audit_seal WHERE trail = %s",
                [table, table],
            )
            if below:
                yield f"{below:,} rows of {NAMES[table]} stand below the first sealed key, {first}: they were put in after sealing."


def _unknown(hashes: set[bytes], expected: Iterable[bytes]) -> Iterator[str]:
    """Hashes kept elsewhere, and those that earlier verifications found newest."""
    for one in expected:
        if one not in hashes:
            yield (
                f"{one.hex()} is not in the chain: what it sealed was altered and sealed anew, or the database is older than it (a backup)."
            )
    for row in Verification.objects.order_by("pk"):
        if bytes(row.newest) not in hashes:
            yield f"The newest seal that was found on {row.at:%Y-%m-%d} ({bytes(row.newest).hex()[:16]}…) is not in the chain any more."


def _beyond() -> Iterator[str]:
    """Rows with keys that were never handed out."""
    for table in ROWS:
        ((highest, handed_out),) = _all(f"SELECT (SELECT max(id) FROM public.{table}), (SELECT last_value FROM public.{table}_id_seq)")  # noqa: S608 (declared above, no input)
        if highest is not None and highest > handed_out:
            yield f"A row of {NAMES[table]} has the key {highest}, and none above {handed_out} was ever handed out: it was put in by hand."


def _unsealed() -> Iterator[str]:
    """What no seal answers for yet."""
    for table in ROWS:
        ((count, first, highest),) = _all(
            f"SELECT count(*), min(id), max(id) FROM public.{table} WHERE id > (SELECT coalesce(max(last_key), 0) FROM audit_seal WHERE trail = %s)",  # noqa: S608 (declared above, no input)
            [table],
        )
        if count:
            gaps = highest - first + 1 - count
            told = (
                f"; {gaps:,} keys between are not used, as work that was undone leaves them: a row removed here cannot be told from those"
                if gaps
                else ""
            )
            yield f"{count:,} {NAMES[table]} since then are not sealed yet{told}."
