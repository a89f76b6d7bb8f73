"""Meetings that are still to be held: called, on somebody’s list, with those who should come."""

from datetime import date

from goldthread.demo.people import Happening
from goldthread.demo.people_to_meet import Person
from goldthread.demo.tale import Tale
from goldthread.practice.protection.meetings import wording


def stand_ready(tale: Tale, kind: str, title: str, latest: Happening, children: list[int], worker: Person, due_on: date) -> None:
    """The next is on the worker's list: who is asked, and what each brings, is still to come."""
    ready = tale.add(Happening(kind, latest.recorded_at.date(), latest.recorded_at, worker.username, children, {}, follows=latest))
    tale.ask(ready, what=wording.ask_to_call(title, tale.all_shown(children)), step="meeting", worker=worker.username, due_on=due_on)


def move_in(tale: Tale, children: list[int]) -> None:
    """They lived elsewhere on another authority's plan until a few days ago: the conference that may take it over is being called."""
    team, worker = tale.pick_team("protection", None)
    told_on = tale.work(tale.today, -4)
    at = tale.moment(told_on)
    values = {
        "worry": tale.teller.one(tale.family.theme.worry, **tale.facts(children, worker=worker)),
        "is_permanent": True,
        "notified_on": told_on,
        "from_authority": "Northmere",
        "their_plan": "Neglect since spring. The grandmother here has taken them in.",
    }
    each = {child: {"plans_elsewhere": 1} for child in children}
    ready = tale.add(Happening("protection.transfer_in_conference", told_on, at, worker.username, children, values, each=each))
    tale.ask(
        ready,
        what=wording.ask_to_call("Transfer-in conference", tale.all_shown(children)),
        step="meeting",
        team=team,
        due_on=tale.work(told_on, 15),
    )


def call_ahead(tale: Tale, enquiry: Happening, by: str, on: date) -> None:
    """The enquiry asks for a conference that is still to come."""
    at = enquiry.done[-1][2]
    ready = tale.add(Happening("protection.initial_conference", at.date(), at, by, enquiry.children, {"worry": enquiry.values["found"], "without_section_47": False}, follows=enquiry))  # fmt: skip
    what = wording.ask_to_call("Initial child protection conference", tale.all_shown(enquiry.children))
    tale.ask(ready, what=what, step="meeting", worker=by, due_on=on)
