"""What earlier drills came to, in the data folder of the machine that ran them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from goldthread.ground.boot.health import Finding
from goldthread.ground.boot.settings import settings

TOO_LONG_AGO = timedelta(days=35)


@dataclass(frozen=True)
class Drilled:
    """One drill. Times are instants in ISO 8601, `seconds` how long bringing back and looking through took."""

    at: str
    backup: str
    written_at: str
    seconds: float
    is_whole: bool


def _file() -> Path:
    return settings.data_dir / "drills.jsonl"


def keep(drilled: Drilled) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True)
    with _file().open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(drilled), ensure_ascii=False) + "\n")


def drills() -> Iterator[Drilled]:
    """The oldest first."""
    if _file().exists():
        for line in _file().read_text(encoding="utf-8").splitlines():
            yield Drilled(**json.loads(line))


def drilled() -> Finding:
    """Ill where the last drill found something wrong, or was too long ago. No drill at all is said, and is not ill: a demo needs none."""
    last = next(reversed(list(drills())), None)
    if last is None:
        return Finding("drill", True, "No backup was ever brought back from here to see whether it is whole: goldthread drill.")
    ago = datetime.now(UTC) - datetime.fromisoformat(last.at)
    when = f"The last drill was {ago.days} days ago"
    if not last.is_whole:
        return Finding("drill", False, f"{when} and found {last.backup} not whole: write another backup and drill it.")
    return Finding("drill", ago < TOO_LONG_AGO, f"{when}: {last.backup} was whole, in {last.seconds:.0f} seconds.")
