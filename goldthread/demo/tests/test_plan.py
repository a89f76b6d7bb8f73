"""The plan, before anything is written: repeatable, possible, and in the proportions declared in `mixes`."""

from collections import Counter
from datetime import date, timedelta

import pytest

from goldthread.demo import mixes, phrases, places
from goldthread.demo import phrases_conferring as conferring
from goldthread.demo.identifiers import nhs_number, unique_pupil_number
from goldthread.demo.plan import make_plan
from goldthread.demo.stories import STORIES
from goldthread.demo.telling import ALTERNATIVES
from goldthread.demo.tests.canonical import digest
from goldthread.demo.themes import THEMES
from goldthread.ground.time.ages import birthday
from goldthread.ground.time.working_days import england

SUNDAY = date(2026, 11, 22)
DAYS = [SUNDAY, date(2026, 12, 29), date(2027, 4, 6), date(2028, 2, 29)]


def lives(size="tiny", today=SUNDAY, seed="Hallowmere"):
    return [life for life, _ in make_plan(size, today, england(), seed=seed).lives()]


@pytest.fixture(scope="module")
def locality():
    return lives("locality")


def test_the_same_seed_and_day_give_the_same_lives():
    assert digest(lives()) == digest(lives())


def test_another_seed_gives_other_lives():
    assert digest(lives()) != digest(lives(seed="Elsewhere"))


def test_nothing_is_recorded_before_forty_weeks_before_birth_nor_after_eighteen_or_death(locality):
    for life in locality:
        for happening in life.happenings:
            if happening.kind == "front_door.feedback":
                continue  # a receipt may go out after a birthday
            for place in happening.children:
                human = life.family.people[place]
                earliest = (human.expected_on or human.born_on) - timedelta(weeks=40)
                assert earliest <= happening.on, (life.family.number, happening.kind)
                if human.born_on and happening.kind == "front_door.contact":
                    assert happening.on < birthday(human.born_on, 18)
                if human.died_on:
                    assert happening.on <= human.died_on or happening.kind in ("family_help.closure", "front_door.referral")


@pytest.mark.parametrize("today", DAYS)
def test_nothing_is_dated_after_today_and_every_record_is_written_after_the_one_it_follows(today):
    for life in lives(today=today):
        for happening in life.happenings:
            assert happening.on <= today
            moments = [happening.recorded_at, *(at for _, _, at in happening.done)]
            assert all(moment.date() <= today for moment in moments)
            if happening.follows:
                assert happening.follows.on <= happening.on or not happening.done


@pytest.mark.parametrize("today", DAYS)
def test_on_any_day_every_kind_of_work_is_waiting_for_somebody(today):
    plan = lives(today=today)
    waiting = Counter((happening.kind, job.step) for life in plan for happening in life.happenings for job in happening.jobs)
    for wanted in [
        ("front_door.contact", "decide"), ("front_door.contact", ""), ("front_door.referral", "decide"), ("front_door.feedback", "record"),
        ("family_help.child_and_family_assessment", "allocate"), ("family_help.child_and_family_assessment", "write"),
        ("family_help.child_and_family_assessment", "authorise"), ("family_help.child_in_need_plan", "write"),
        ("family_help.child_in_need_review", "write"), ("family_help.closure", "write"), ("family_help.closure", "decide"),
    ]:  # fmt: skip
        assert waiting[wanted], f"nobody waits for {wanted} on {today}"
    assert any(happening.sent_back for life in plan for happening in life.happenings)
    assert any(life.on_protection_plan for life in plan)
    assert any(human.is_copy for life in plan for human in life.family.people)
    assert any(life.family.restricted for life in plan)
    assert any(stay.confidential_reason for life in plan for human in life.family.people for stay in human.stays)
    assert sum(human.before_birth != "the baby" for life in plan for human in life.family.people) >= 2
    assert {life.family.script for life in plan} >= {story.name for story in STORIES}


def test_siobhan_o_connor_is_there(locality):
    found = [human for human in locality[0].family.people if human.given == "Siobhán"]
    assert [(human.family, human.born_on, human.ethnicity) for human in found] == [("O'Connor", date(2014, 3, 12), "WIRI")]


def test_about_250_children_are_open_and_25_on_protection_plans(locality):
    assert 220 <= sum(len(life.open_children) for life in locality) <= 285
    assert 18 <= sum(len(life.on_protection_plan) for life in locality) <= 34


def test_referrals_come_back_and_come_to_nothing_as_often_as_in_england(locality):
    year, again, came_to_nothing, total = SUNDAY - timedelta(days=365), 0, 0, 0
    for life in locality:
        last: dict[int, date] = {}
        for happening in sorted((h for h in life.happenings if h.kind == "front_door.referral"), key=lambda h: h.on):
            for child in happening.children:
                if happening.on >= year:
                    total += 1
                    again += child in last and (happening.on - last[child]).days <= 365
                    came_to_nothing += bool(happening.done and happening.values["is_nfa"])
                last[child] = happening.on
    assert again / total == pytest.approx(mixes.REREFERRED_WITHIN_A_YEAR, abs=0.04)
    assert came_to_nothing / total == pytest.approx(mixes.NO_FURTHER_ACTION, abs=0.03)


def test_contacts_come_from_the_sources_england_publishes(locality):
    sources = Counter(h.values["source"] for life in locality for h in life.happenings if h.kind == "front_door.contact")
    total = sum(sources.values())
    assert sources["6"] / total == pytest.approx(0.287, abs=0.04)
    assert sources["2A"] / total == pytest.approx(0.182, abs=0.04)


def test_most_assessments_are_done_in_45_working_days_and_some_are_not(locality):
    days = [
        england().between(h.values["referred_on"], h.values["authorised_on"])
        for life in locality for h in life.happenings if h.kind == "family_help.child_and_family_assessment" and "authorised_on" in h.values
    ]  # fmt: skip
    assert 0.78 <= sum(day <= 45 for day in days) / len(days) <= 0.92
    assert max(days) > 60


def test_no_two_children_say_the_same(locality):
    said = [
        answers["childs_words"]
        for life in locality for h in life.happenings if h.kind == "family_help.child_and_family_assessment"
        for answers in h.each.values() if "childs_words" in answers
    ]  # fmt: skip
    assert len(said) > 400
    assert len(said) == len(set(said))


def test_what_is_written_for_each_child_names_the_child():
    own = [*phrases.WHY_DECIDED, *phrases.MEANS_FOR_CHILD, *phrases.WANTS, *(worry for theme in THEMES for worry in theme.worry)]
    assert [template for template in own if "{c}" not in template] == []
    at_conferences = [
        *conferring.REASONS,
        *conferring.NO_PLAN,
        *conferring.CHANGED,
        *conferring.NOT_YET,
        *conferring.REMAINS,
        *conferring.STILL,
    ]
    assert [template for template in at_conferences if not names_the_child(template)] == []


def names_the_child(template: str) -> bool:
    """Whichever alternatives are chosen: two children’s own answers are never alike."""
    return any(
        "{c}" in piece if place % 2 == 0 else all("{c}" in one for one in piece.split("|"))
        for place, piece in enumerate(ALTERNATIVES.split(template))
    )


def test_no_number_or_address_can_be_anybody_s(locality):
    for life in locality:
        for human in life.family.people:
            assert human.phone is None or human.phone.startswith("07700 900")
            assert all(stay.home.postcode.startswith("HW") for stay in human.stays)
    assert all(number is None or (number.startswith("999") and len(number) == 10) for number in map(nhs_number, range(500)))
    assert len({nhs_number(place) for place in range(1, 5_000)} - {None}) > 4_400
    assert unique_pupil_number(40_021, date(2015, 9, 3))[1:4] == places.LA_CODE


def test_the_main_need_is_abuse_or_neglect_for_about_half():
    total = sum(theme.weight for theme in THEMES)
    shares = Counter()
    for theme in THEMES:
        shares[theme.need] += theme.weight / total
    assert shares["N1"] == pytest.approx(0.52, abs=0.06)
    assert shares["N5"] == pytest.approx(0.186, abs=0.04)


def test_nobody_whom_the_chair_keeps_out_sits_at_the_conference():
    kept_out = 0
    for life in lives("locality", seed="Kept out"):
        for happening in life.happenings:
            out = {adult for adult, said in happening.of_parents.items() if said.get("place") == "excluded"}
            for one in happening.asked:
                if one.person in out:
                    kept_out += 1
                    assert "left_out_at" in one.values and "attended" not in one.values
    assert kept_out


def test_partners_answer_on_working_days(locality):
    for life in locality:
        for happening in life.happenings:
            for one in happening.asked:
                for moment in (one.values[key] for key in ("invited_at", "replied_at") if one.agency and key in one.values):
                    assert moment.weekday() < 5 or happening.kind == "protection.strategy_discussion"
