"""Teams, posts, sign-ins, duties and cover: what cannot be is refused in one sentence at its question."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Holding, Post, Team, Worker
from goldthread.core.agencies.setting_up import actions as do
from goldthread.core.agencies.setting_up.queries import gaps, members, seats_of, unmanaged_teams, vacant_posts
from goldthread.ground.access.models import User
from goldthread.ground.access.predicate import standing
from goldthread.ground.boot.trouble import Impossible

pytestmark = pytest.mark.django_db
TODAY = localdate
A_DAY = timedelta(days=1)


@pytest.fixture
def joan(council):
    """The administrator: in no team."""
    user = User.objects.create(username="joan")
    do.actions.create_worker(name="Joan Abara", user=user, from_on=date(2020, 1, 6), duties=["administrator"])
    return user


@pytest.fixture
def kofi(council):
    return Worker.objects.create(name="Kofi Annan")


def refused(about, words):
    class At:
        def __enter__(self):
            self.raised = pytest.raises(Impossible, match=words)
            self.found = self.raised.__enter__()

        def __exit__(self, *error):
            done = self.raised.__exit__(*error)
            assert self.found.value.about == about
            return done

    return At()


def test_a_worker_put_in_a_post_sees_as_that_post_sees_from_that_day(council, joan, kofi):
    post = do.add_post(team=council.assessment, title="Senior social worker", is_manager=False, reports_to=None)
    do.put_in_post(worker=kofi, post=post, from_on=TODAY() + A_DAY, by=joan)
    do.give_sign_in(worker=kofi, username="kofi")
    user = User.objects.get(username="kofi")
    assert standing(user).team_ids == frozenset()
    Holding.objects.filter(worker=kofi).update(from_on=TODAY())
    assert standing(User.objects.get(pk=user.pk)).team_ids == {council.assessment.pk}


def test_a_post_held_by_somebody_is_not_given_twice(council, joan, kofi):
    post = Post.objects.get(title="Social worker")
    with refused("from_on", "Social Worker holds this post from 6 January 2020. End that first"):
        do.put_in_post(worker=kofi, post=post, from_on=TODAY(), by=joan)
    do.end_holding(holding=Holding.objects.get(post=post), last_on=TODAY())
    with refused("from_on", "to " + f"{TODAY().day} "):
        do.put_in_post(worker=kofi, post=post, from_on=TODAY(), by=joan)
    do.put_in_post(worker=kofi, post=post, from_on=TODAY() + A_DAY, by=joan)
    seat = next(seat for seat in seats_of([council.assessment.pk], TODAY())[council.assessment.pk] if seat.post == post)
    assert seat.holding.worker.name == "Social Worker" and [h.worker for h in seat.coming] == [kofi]


def test_a_holding_does_not_end_before_it_began(council):
    with refused("last_on", "began on 6 January 2020"):
        do.end_holding(holding=Holding.objects.first(), last_on=date(2019, 12, 1))


def test_nobody_gives_themselves_a_post_a_duty_or_a_new_phrase(council, joan):
    own = Worker.objects.get(name="Joan Abara")
    post = do.add_post(team=council.assessment, title="Senior social worker", is_manager=True, reports_to=None)
    with refused("", "Somebody else must do this"):
        do.put_in_post(worker=own, post=post, from_on=TODAY(), by=joan)
    with refused("", "Somebody else must do this"):
        do.give_duty(worker=own, role="out_of_hours", from_on=TODAY(), last_on=None, by=joan)
    with refused("", "Somebody else must do this"):
        do.give_phrase_again(worker=own, by=joan)


def test_a_line_of_management_never_runs_in_a_ring(council, joan):
    manager = Post.objects.get(title="Assessment manager")
    below = do.add_post(team=council.assessment, title="Practice lead", is_manager=True, reports_to=manager)
    with refused("reports_to", "in a ring"):
        do.change_post(post=manager, title=manager.title, is_manager=True, reports_to=below, by=joan)


def test_a_post_is_closed_when_nobody_holds_it_and_nothing_reports_to_it(council):
    manager = Post.objects.get(title="Assessment manager")
    below = do.add_post(team=council.assessment, title="Practice lead", is_manager=False, reports_to=manager)
    with refused("last_on", "Assessment Manager holds this post"):
        do.close_post(post=manager, last_on=TODAY())
    do.end_holding(holding=Holding.objects.get(post=manager), last_on=TODAY() - A_DAY)
    with refused("last_on", "Practice lead in Assessment North reports"):
        do.close_post(post=manager, last_on=TODAY())
    do.close_post(post=below, last_on=TODAY() - A_DAY)
    do.close_post(post=manager, last_on=TODAY() - A_DAY)
    assert manager not in vacant_posts(TODAY())


def test_a_duty_is_not_held_twice_on_a_day_and_the_last_administrator_keeps_theirs(council, joan, kofi):
    do.give_duty(worker=kofi, role="out_of_hours", from_on=TODAY(), last_on=TODAY() + 6 * A_DAY, by=joan)
    with refused("from_on", "has this duty from"):
        do.give_duty(worker=kofi, role="out_of_hours", from_on=TODAY() + 6 * A_DAY, last_on=None, by=joan)
    do.give_duty(worker=kofi, role="out_of_hours", from_on=TODAY() + 7 * A_DAY, last_on=None, by=joan)
    with refused("last_on", "before the first"):
        do.give_duty(worker=kofi, role="data_officer", from_on=TODAY(), last_on=TODAY() - A_DAY, by=joan)
    with refused("last_on", "Nobody else is administrator"):
        do.end_duty(duty=Worker.objects.get(name="Joan Abara").duty_set.get(), last_on=TODAY())


def test_nobody_covers_for_two_reasons_at_once(council, kofi, joan):
    worker, manager = Worker.objects.get(name="Social Worker"), Worker.objects.get(name="Assessment Manager")
    do.set_cover(away=worker, covering=kofi, from_on=TODAY(), last_on=TODAY() + 4 * A_DAY, by=joan)
    with refused("from_on", "is covered by Kofi Annan"):
        do.set_cover(away=worker, covering=manager, from_on=TODAY() + 4 * A_DAY, last_on=TODAY() + 5 * A_DAY, by=joan)
    with refused("covering", "Social Worker is away"):
        do.set_cover(away=manager, covering=worker, from_on=TODAY(), last_on=TODAY(), by=joan)
    with refused("last_on", "within three months"):
        do.set_cover(away=manager, covering=kofi, from_on=TODAY(), last_on=TODAY() + 100 * A_DAY, by=joan)
    with refused("covering", "somebody else"):
        do.set_cover(away=kofi, covering=kofi, from_on=TODAY(), last_on=TODAY(), by=joan)
    with refused("covering", "Somebody else must do this for you"):
        do.set_cover(away=manager, covering=worker, from_on=TODAY() + 8 * A_DAY, last_on=TODAY() + 9 * A_DAY, by=council.social_worker)


def test_somebody_who_comes_back_gets_the_sign_in_they_had(council, kofi):
    do.give_sign_in(worker=kofi, username="kofi")
    with refused("username", "has a sign-in already"):
        do.give_sign_in(worker=kofi, username="kofi2")
    kofi.signin_set.update(until_on=TODAY())
    do.give_sign_in(worker=kofi, username="")
    assert set(kofi.signin_set.values_list("user__username", flat=True)) == {"kofi"}, "a declared conflict stays with them"


def test_what_is_missing_is_said(council):
    assert "Nobody manages Leaving Care" in " ".join(gap.words for gap in gaps(TODAY()))
    Team.objects.filter(purpose="front_door").update(closed_on=TODAY())
    assert gaps(TODAY())[0].words.startswith("No team is open for: front door")


def test_a_manager_above_the_team_answers_for_it(council):
    manager = Post.objects.get(title="Assessment manager")
    Post.objects.filter(team__name="Leaving Care").update(reports_to=manager)
    assert [team.name for team in unmanaged_teams(TODAY())] == []


def test_workers_are_found_by_any_part_of_the_name_or_user_name(council, kofi):
    assert [one.worker.name for one in members("work soc", TODAY())[0]] == ["Social Worker"]
    assert [one.worker.name for one in members("other_worker", TODAY())[0]] == ["Other Worker"]
    assert [one.worker.name for one in members("", TODAY(), only="left")[0]] == ["Kofi Annan"]
