"""How the product ran is open to everybody who is signed in, and names nobody."""

import re
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from goldthread.face.web.running import in_per_cent, seconds
from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.running.actions import keep
from goldthread.ground.running.measuring import BOUNDS, Measured, minute_of
from goldthread.ground.running.queries import Day

A_DAY = date(2026, 11, 18)


def took(*counts: int) -> list[int]:
    return [*counts, *[0] * (len(BOUNDS) + 1 - len(counts))]


def test_whoever_is_signed_in_reads_when_it_did_not_answer_and_how_many_were_at_work(busy, time_machine):
    amina = busy.users["amina"]
    with acting(amina):
        log_reading(amina, "view", "a page", [busy.children[0].pk])
    first = minute_of(timezone.now()) + timedelta(minutes=1)
    keep({first + timedelta(minutes=n): Measured(3, 0, took(0, 3), is_database_away=n in (5, 6)) for n in range(10)})
    time_machine.move_to(first + timedelta(minutes=10), tick=False)
    html = sound(signed_in(amina), "/how-it-runs/")
    assert "80.00%" in html and "0.1 s" in html
    assert "1 time, 2 minutes together" in html
    shown = re.sub(r"(<[^>]+>|\s)+", " ", html)
    away = localtime(first + timedelta(minutes=5)), localtime(first + timedelta(minutes=7))
    assert all(f"{at:%H:%M}" in shown for at in away)
    assert "The database could not be reached 1 0" in shown
    assert "Amina" not in html.split("<main", 1)[1].split("</main>", 1)[0]


def test_a_product_that_has_just_been_started_says_so(busy):
    assert "Nothing has been measured yet" in sound(signed_in(busy.users["amina"]), "/how-it-runs/")


def test_nobody_signed_in_is_asked_who_they_are_first(db):
    assert Client().get("/how-it-runs/").status_code == 302


def test_the_whole_is_said_only_of_the_whole():
    assert in_per_cent(Day(A_DAY, 1440 * 30, 1440 * 30, 1, 0, tuple(took(1)))) == "100%"
    assert in_per_cent(Day(A_DAY, 1440 * 30, 1440 * 30 - 1, 1, 0, tuple(took(1)))) == "99.99%"
    assert in_per_cent(Day(A_DAY, 0, 0, 0, 0, tuple(took()))) == "Nothing is known"
    assert seconds(Day(A_DAY, 1, 1, 1, 0, (*took()[:-1], 1)), 0.5) == "over 30 s"
    assert seconds(Day(A_DAY, 1, 1, 0, 0, tuple(took())), 0.5) == "Nothing asked"
