"""The small forms beside a meeting's matrix: what was posted, read, and refused in sentences."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.http import HttpRequest

from goldthread.core.agencies.models import Agency
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.questions import Day, Question, Unreadable

PLANNED = Day("On which day?", time=True, may_be_ahead=True)
FILED_ON = Day("On which day did they file it?")
RECEIVED_ON = Day("On which day?")


@dataclass
class Small:
    """What one small form holds and what is wrong with it."""

    request: HttpRequest
    problems: list[tuple[str, str]] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        return self.request.POST.get(name, "").strip() or None

    def read(self, question: Question, name: str) -> Any:
        """The typed answer; None, with a problem, where it cannot be read."""
        try:
            return question.read(self.request.POST, name)
        except Unreadable as unreadable:
            self.problems.append((name, str(unreadable)))
            return None

    def time(self, name: str) -> time | None:
        try:
            return PLANNED.read_time(self.request.POST, name)
        except Unreadable as unreadable:
            self.problems.append((name, str(unreadable)))
            return None

    def chosen(self, name: str, among: list[tuple[str, str]]) -> str | None:
        code = self.text(name)
        return code if code in {one for one, _ in among} else None

    @property
    def errors(self) -> list[dict[str, str]]:
        return [{"text": words, "href": f"#{name}"} for name, words in self.problems]


def asked(name: str, kind: str, label: str, value: Any = "", **more: Any) -> dict[str, Any]:
    """A question as the `question` macro draws it."""
    return {"name": name, "id": name, "kind": kind, "label": label, "value": value or "", **more}


def day_parts(day: date | None, at: time | None = None) -> dict[str, str]:
    parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)} if day else {}
    return parts | ({"time": f"{at:%H:%M}"} if at else {})


def listed(name: str) -> list[tuple[str, str]]:
    return codes(name).choices()


def agencies() -> list[Agency]:
    return list(Agency.objects.exclude(is_own_authority=True).order_by("name"))
