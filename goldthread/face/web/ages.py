"""How old somebody is, as it is said."""

from datetime import date

from goldthread.core.people.models import Person
from goldthread.ground.time.ages import age_in_words as words_of
from goldthread.ground.time.ages import unborn_in_words
from goldthread.ground.time.words import short_day


def age_in_words(person: Person, on: date) -> str:
    """ "9 years", "about 14 years", "due 14 March, 31 weeks", "died 3 May 2026"; said where it is not known."""
    if person.died_on:
        return f"died {short_day(person.died_on)}"
    if person.pregnancy_ended_on:
        return "pregnancy ended"
    if person.is_unborn and person.expected_on:
        return unborn_in_words(person.expected_on, on)
    if person.born_on is None:
        return "age not known"
    about = "about " if (person.born_accuracy or "AAA")[2] != "A" else ""
    return about + words_of(person.born_on, on)
