"""Quoracy of conferences: agencies count, not heads, whoever is asked and however they come."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.pathway.meeting.models import Invitee
from goldthread.practice.protection.conferences.conference import Conference

KEYS = [role.key for role in Conference.required]
PEOPLE = st.lists(st.tuples(st.sampled_from([*KEYS, None]), st.sampled_from([*Invitee.ATTENDED, None])), max_size=9)

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def asked(rows):
    return [Invitee(required=required, attended=attended) for required, attended in rows]


@SLOW
@given(PEOPLE)
def test_quoracy_is_social_care_and_two_other_agencies_however_many_people_each_sends(rows):
    here = {required for required, attended in rows if attended in Invitee.PRESENT}
    is_quorate = "social_care" in here and len(here - {"social_care", None}) >= 2
    assert (Conference.lacking(asked(rows)) == []) is is_quorate
    assert Conference.lacking(asked([*rows, *rows])) == Conference.lacking(asked(rows)), "heads do not count"
    assert Conference.lacking(asked(reversed(rows))) == Conference.lacking(asked(rows))


@SLOW
@given(PEOPLE, st.sampled_from(KEYS), st.sampled_from(["report", "not", None]))
def test_a_report_alone_never_makes_it_quorate_and_one_more_person_never_makes_it_less_so(rows, role, absent):
    assert Conference.lacking(asked([*rows, (role, absent)])) == Conference.lacking(asked(rows))
    assert len(Conference.lacking(asked([*rows, (role, "video")]))) <= len(Conference.lacking(asked(rows)))


@SLOW
@given(PEOPLE)
def test_the_chair_fills_no_role(rows):
    chair = Invitee(required="social_care", attended="in_person", worker_id=7)
    assert Conference.lacking([*asked(rows), chair], chair=7) == Conference.lacking(asked(rows))
