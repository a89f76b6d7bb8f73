"""Which referral each record of a child belongs to: by what it follows, link by link; by its day only where no link leads there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.out.returns.cin.facts import Event, Facts, Life
from goldthread.practice.family_help.models import Closure
from goldthread.practice.front_door.models import Referral
from goldthread.practice.protection.models import ProtectionPlan, Section47


@dataclass(slots=True)
class Episode:
    """One referral of the child and what followed it. `is_nfa` is None while nobody has decided, or where a file does not say."""

    referral: Event
    closure: Event | None = None
    events: list[Event] = field(default_factory=list)

    @property
    def received_on(self) -> date:
        return self.referral.on

    @property
    def closed_on(self) -> date | None:
        return self.closure.says["closed_on"] if self.closure and self.closure.says else None

    @property
    def is_nfa(self) -> bool | None:
        return self.referral.says["is_nfa"] if self.referral.says else None

    def is_open_on(self, day: date) -> bool:
        return not self.is_nfa and self.received_on <= day and (self.closed_on is None or day <= self.closed_on)


@dataclass(slots=True)
class Told:
    """A child's episodes, the first first; `surplus` are closures of what was closed already, `stray` records of no episode."""

    episodes: list[Episode]
    surplus: list[Event]
    stray: list[Event]


def tell(life: Life, facts: Facts) -> Told:
    """Sort a child's records into episodes."""
    links = Links(life, facts)
    told = Told([Episode(event) for event in life.events if event.kind is Referral], [], [])
    by_key = {episode.referral.key: episode for episode in told.episodes}
    # A call that led to a strategy discussion at once leads to the referral it became, too.
    by_call = {facts.follows.get(key): episode for key, episode in reversed(by_key.items())}
    by_call.pop(None, None)

    def linked(event: Event) -> Episode | None:
        return next((found for key in links.above(event.key) if (found := by_key.get(key) or by_call.get(key))), None)

    for closure in [event for event in life.events if event.kind is Closure and event.says and event.says["closed_on"]]:
        episode = linked(closure)
        if episode is None or episode.closure is not None:
            episode = next((one for one in reversed(told.episodes) if one.closure is None and one.is_open_on(closure.on)), None)
        if episode is None:
            told.surplus.append(closure)
        else:
            episode.closure = closure
    for event in life.events:
        if event.kind not in (Referral, Closure):
            episode = linked(event) or next((one for one in reversed(told.episodes) if one.is_open_on(event.on)), None)
            (episode.events if episode else told.stray).append(event)
    return told


class Links:
    """The way up from a record, and what of the child's hangs on the same record."""

    def __init__(self, life: Life, facts: Facts) -> None:
        self.facts = facts
        self.plans = [event for event in life.events if event.kind is ProtectionPlan]
        self.enquiries = {event.key for event in life.events if event.kind is Section47}

    def above(self, key: int) -> Iterator[int]:
        """What the record follows, what that follows, and so on."""
        after = self.facts.follows.get(key)
        while after is not None:
            yield after
            after = self.facts.follows.get(after)

    def enquiry_of(self, conference: Event) -> int | None:
        """The child's own enquiry that led to the conference."""
        return next((key for key in self.above(conference.key) if key in self.enquiries), None)

    def plan_of(self, review: Event) -> int | None:
        """The child's own plan that is reviewed: the one it follows, the one that began with a conference it follows, or the one of that day."""
        own = {plan.key for plan in self.plans}
        begun_with = {self.facts.follows.get(plan.key): plan.key for plan in self.plans}
        begun_with.pop(None, None)
        for key in self.above(review.key):
            if key in own:
                return key
            if key in begun_with:
                return begun_with[key]
        return next((plan.key for plan in reversed(self.plans) if _holds(plan.says, review.on)), None)


def _holds(plan: dict[str, Any] | None, day: date) -> bool:
    return bool(plan) and plan["started_on"] < day and (plan["ended_on"] is None or day <= plan["ended_on"])  # type: ignore[index]
