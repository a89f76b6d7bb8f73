"""What verifying found, in lines: days that are whole run together, and each that is not by itself."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.actions import note_verification
from goldthread.ground.audit.queries import newest_seal, seal_in_words
from goldthread.ground.audit.verifying import NAMES, Sealed, Verified, verify
from goldthread.ground.boot.trouble import Trouble

NO_SEAL = "No day is sealed yet: “goldthread worker” seals each day that is over."


def say_newest(say: Callable[[str], None]) -> int:
    """The line to keep elsewhere; 2 where there is none."""
    newest = newest_seal()
    say(seal_in_words(newest) if newest else NO_SEAL)
    return 0 if newest else 2


def verify_and_tell(say: Callable[[str], None], *, since: date | None, expected: Iterable[str], by: str) -> int:
    """0 whole, 1 not whole, 2 where no day is sealed. That somebody verified is written down."""
    kept = [hash_of(words) for words in expected]
    if newest_seal() is None:
        say(NO_SEAL)
        return 2
    found = verify(since=since, expected=kept)
    with acting(system=f"verify-audit, {by}"):
        note_verification(found, since=since)
    for line in lines_of(found, since=since):
        say(line)
    return 0 if found.is_whole else 1


def hash_of(words: str) -> bytes:
    """Of a hash, or of the whole line that was kept."""
    try:
        read = bytes.fromhex((words.split() or [""])[-1])
    except ValueError:
        read = b""
    if len(read) != 32:
        raise Trouble(f"“{words}” is not the hash of a seal: it has 64 figures and letters from a to f.")
    return read


def lines_of(found: Verified, *, since: date | None = None) -> Iterator[str]:
    run: list[Sealed] = []
    for one in found.days:
        if not one.wrong:
            run.append(one)
            continue
        yield from _whole(run)
        run = []
        yield f"{one.day:%Y-%m-%d}, {NAMES.get(one.trail, one.trail)}, sealed with {one.count:,} rows: NOT WHOLE"
        yield from (f"  {words}" for words in one.wrong)
    yield from _whole(run)
    yield from found.wrong
    yield from found.remarks
    if found.newest is not None:
        yield seal_in_words(found.newest)
    read = f"from {since:%Y-%m-%d}" if since else "from the first sealed day"
    if found.is_whole:
        yield f"The trail is whole {read}: no sealed row was altered, removed or put in."
    else:
        yield "The trail is NOT whole. Change nothing, keep this, and tell information governance: docs/how-to/verify-the-audit-trail.md."


def _whole(run: list[Sealed]) -> Iterator[str]:
    if run:
        first, last = run[0].day, run[-1].day
        days = f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
        counts = ", ".join(f"{sum(one.count for one in run if one.trail == table):,} {name}" for table, name in NAMES.items())
        yield f"{days}: whole; {counts}"
