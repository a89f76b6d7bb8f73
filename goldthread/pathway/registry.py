"""Every process there is, and what its room adds: what follows a step, what it checks first, what it shows beside the form."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.pathway.answers import Answers
from goldthread.pathway.definition import Detail, Problem

AfterStep = Callable[[Any], None]
BEGUN = "begun"  # the moment a record is opened, before its first step
JOINED = "joined"  # the moment further children come onto a record that is open
TOP, BESIDE = "top", "beside"  # places of a panel, besides the heading of the section it stands before


@dataclass(frozen=True)
class Sitting:
    """One person at one step of one record: what a panel is drawn from."""

    record: Record
    step: str
    user: Any
    children: list[Person]
    answers: dict[str, Any]  # the draft, as typed


Check = Callable[[Record, Answers], Iterable[Problem]]
Panel = Callable[[Sitting], tuple[str, dict[str, Any]] | None]  # the template and what it knows as `panel`; None draws nothing
Lineage = Any  # type[Detail]: a process, or the archetype of several (which mypy takes for a class that cannot be made)
RoomPage = Callable[[Any, Record], Any]  # (request, record) → response

Likely = Callable[[Record], dict[str, Any]]  # answers by input name, as typed
RunsFor = Callable[[list[int], date], dict[int, int | None]]  # of these children on a day: those it runs for, and the time their plan sets

_after: dict[tuple[type[Detail], str], AfterStep] = {}
_again: set[AfterStep] = set()  # those that run when a step is corrected, too
_runs_for: dict[str, RunsFor] = {}
_before: dict[tuple[type[Detail], str], list[Check]] = {}
_always: set[Check] = set()  # those that are asked when a step is corrected, too
_likely: dict[tuple[type[Detail], str], Likely] = {}
_panels: dict[type[Detail], list[tuple[str, Panel]]] = {}
Links = Callable[[Record, Any], Iterable["Link"]]  # (record, user) → where to go on

_pages: dict[tuple[type[Detail], str], RoomPage] = {}
_titles: dict[tuple[type[Detail], str], str] = {}
_links: dict[type[Detail], Links] = {}


def definitions() -> dict[str, type[Detail]]:
    """Kind → definition, in the order of the rooms."""
    return {model.kind(): model for model in apps.get_models() if issubclass(model, Detail)}


def definition_of(kind: str) -> type[Detail]:
    """The definition of a header's kind. LookupError for a kind that has none (a case note)."""
    app_label, _, name = kind.partition(".")
    model = apps.get_model(app_label, name.replace("_", ""))
    if not issubclass(model, Detail):
        raise LookupError(f"{kind} is not a declared process.")
    return model


def definition_or_none(kind: str) -> type[Detail] | None:
    """None for a case note."""
    try:
        return definition_of(kind)
    except LookupError:
        return None


def after(definition: Lineage, step: str, *, also_corrected: bool = False) -> Callable[[AfterStep], AfterStep]:
    """An action that runs, in the same transaction, when this step is complete (or the record is BEGUN, or JOINED by children). One for each step.

    Registered on an archetype it runs for every process of it, before the room's own; so do a check, a panel and a page.
    `also_corrected`: and again when the step is corrected; the action must then bear being run twice.
    """
    if step not in (BEGUN, JOINED):
        definition.step_number(step)

    def keep(action: AfterStep) -> AfterStep:
        _after[definition, step] = action
        if also_corrected:
            _again.add(action)
        return action

    return keep


def actions_after(definition: type[Detail], step: str, *, is_correction: bool = False) -> list[AfterStep]:
    found = _of_lineage(_after, definition, step)
    return [action for action in found if not is_correction or action in _again]


def runs_for(key: str) -> Callable[[RunsFor], RunsFor]:
    """A room says for which children a clock that comes round again runs, and how long their plan gives it (None: the rule's time)."""

    def keep(asked: RunsFor) -> RunsFor:
        _runs_for[key] = asked
        return asked

    return keep


def whom_it_runs_for(key: str, children: list[int], on: date) -> dict[int, int | None]:
    return _runs_for[key](children, on) if key in _runs_for else dict.fromkeys(children)


def _of_lineage(kept: dict[tuple[type[Detail], str], Any], definition: type[Detail], step: str) -> list[Any]:
    """What is registered for a step of this process, its archetype's first."""
    return [kept[one, step] for one in reversed(definition.__mro__) if (one, step) in kept]


def before(definition: Lineage, step: str, *, also_corrected: bool = False) -> Callable[[Check], Check]:
    """A room's check that asks the database, run before this step is written by hand; a batch sees to it itself.

    `also_corrected`: and before it is corrected; not where the step's own consequences would refuse it.
    """
    definition.step_number(step)

    def keep(check: Check) -> Check:
        _before.setdefault((definition, step), []).append(check)
        if also_corrected:
            _always.add(check)
        return check

    return keep


def problems_before(definition: type[Detail], step: str, record: Record, answers: Answers, *, is_correction: bool = False) -> list[Problem]:
    checks = [check for found in _of_lineage(_before, definition, step) for check in found if not is_correction or check in _always]
    return [problem for check in checks for problem in check(record, answers)]


def likely(definition: Lineage, step: str) -> Callable[[Likely], Likely]:
    """What is known already when a step is opened for the first time, as it would be typed: to be put right, not typed again."""
    definition.step_number(step)

    def keep(known: Likely) -> Likely:
        _likely[definition, step] = known
        return known

    return keep


def likely_at(definition: type[Detail], step: str, record: Record) -> dict[str, Any]:
    return {name: typed for known in _of_lineage(_likely, definition, step) for name, typed in known(record).items()}


def panel(definition: Lineage, place: str = BESIDE) -> Callable[[Panel], Panel]:
    """What a room shows on this process's step pages: at the TOP, BESIDE the form, or before the section of that heading."""

    def keep(drawn: Panel) -> Panel:
        _panels.setdefault(definition, []).append((place, drawn))
        return drawn

    return keep


def panels_of(definition: type[Detail], sitting: Sitting) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The panels to draw, by place."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for one in reversed(definition.__mro__):
        for place, drawn in _panels.get(one, []):
            shown = drawn(sitting)
            if shown is not None:
                found.setdefault(place, []).append(shown)
    return found


@dataclass(frozen=True)
class Link:
    """Where one may go on from a record as written; no `href` where something only has to be said."""

    words: str
    href: str = ""
    note: str = ""


def links(definition: type[Detail]) -> Callable[[Links], Links]:
    """What a room offers on the page of a record of this kind."""

    def keep(offered: Links) -> Links:
        _links[definition] = offered
        return offered

    return keep


def links_from(definition: type[Detail], record: Record, user: Any) -> list[Link]:
    return list(_links[definition](record, user)) if definition in _links else []


def page_for(definition: Lineage, step: str, title: str = "") -> Callable[[RoomPage], RoomPage]:
    """A task's step that is not a sitting at the form (allocating, say) opens this page of the room.

    With a title it is a page that every such record has, and the record leads to it.
    """

    def keep(page: RoomPage) -> RoomPage:
        _pages[definition, step] = page
        if title:
            _titles[definition, step] = title
        return page

    return keep


def room_page(definition: type[Detail], step: str) -> RoomPage | None:
    found = _of_lineage(_pages, definition, step)
    return found[-1] if found else None


def pages_of(definition: type[Detail]) -> list[tuple[str, str]]:
    """(step, title) of the pages that every record of this process has."""
    return [(step, title) for one in definition.__mro__ for (owner, step), title in _titles.items() if owner is one]
