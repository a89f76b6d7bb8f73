"""Where the law leaves a council a limit of its own."""

from goldthread.ground.time.counting import limit_in_words
from goldthread.ground.time.models import Direction, Kind, Rule, Unit

LONGER_IS_STRICTER = (Direction.BEFORE, Direction.NOT_BEFORE)


def refusal(base: Rule, limit: int | None, unit: str) -> str | None:
    """Why a council may not put this limit in the rule's place; None when it may.

    Free where the rule is LOCAL or sets no number; elsewhere only a stricter limit in the same unit.
    """
    if limit is None or unit == Unit.NONE:
        return "Give the limit as a number and what it is counted in."
    if base.kind == Kind.LOCAL or base.limit is None:
        return None
    kind = "law" if base.kind == Kind.LAW else "statutory or national guidance"
    fixed = f"{base.process}: {limit_in_words(base)} is {kind} ({base.authority})."
    if unit != base.unit:
        return f"{fixed} An own limit must be counted in the same unit."
    if base.direction in LONGER_IS_STRICTER:
        return f"{fixed} A council may set a longer time, never a shorter one." if limit < base.limit else None
    return f"{fixed} A council may set a shorter limit, never a longer one." if limit > base.limit else None
