"""How protection asks for things about meetings and enquiries: said once, for the actions and for the demo's batch."""

from collections.abc import Sequence
from datetime import date

from goldthread.core.people.words import names_of
from goldthread.ground.time.words import short_day


def ask_to_hold(children: Sequence[object]) -> str:
    return f"Hold the strategy discussion about {names_of(children)}"


def ask_to_see(children: Sequence[object]) -> str:
    return f"See {names_of(children)}: a section 47 enquiry has started"


def ask_to_write(children: Sequence[object]) -> str:
    return f"Write the section 47 enquiry about {names_of(children)}"


def ask_to_decide(children: Sequence[object]) -> str:
    return f"Decide on the section 47 enquiry about {names_of(children)}"


def ask_to_call(title: str, children: Sequence[object]) -> str:
    return f"Call the {in_a_sentence(title)} for {names_of(children)}"


def ask_to_record(title: str, children: Sequence[object]) -> str:
    return f"Record what the {in_a_sentence(title)} about {names_of(children)} decides"


def ask_to_tell_of_exclusion(title: str, adult: object) -> str:
    return f"Tell {adult}, who was asked to the {in_a_sentence(title)}, not to come: the chair has decided so. Look first how to reach them safely"


def ask_to_read_conference(children: Sequence[object]) -> str:
    return f"No protection plan for {names_of(children)}: read why, and agree with the family what help there is"


def in_a_sentence(title: str) -> str:
    return title[:1].lower() + title[1:]


def ask_to_read_decision(children: Sequence[object]) -> str:
    return f"Read what the strategy discussion decided about {names_of(children)}"


def ask_what_follows_the_plan(children: Sequence[object]) -> str:
    return f"The protection plan for {names_of(children)} has ended: begin what takes its place"


def ask_for_new_words(children: Sequence[object]) -> str:
    return f"Write the next version of the plan for {names_of(children)}: the core group changed it"


def held_inquorate(title: str, on: date) -> str:
    return f"The {in_a_sentence(title)} on {short_day(on)} was held without all who must be there: this waits for one that is quorate"
