"""Who a call is about: found with evidence, remembered as somebody else, restricted, or put on file as described."""

from datetime import date

import pytest

from goldthread.core.people.models import NotThisPerson, Person, Relationship
from goldthread.core.work.models import Clock
from goldthread.ground.access.actions import declare_conflict, restrict
from goldthread.ground.access.models import Grant
from goldthread.practice.front_door.describing.person import DescribedPerson
from goldthread.practice.front_door.tests.calls import (
    TODAY,
    add_new,
    day,
    describe,
    found,
    page,
    signed_in,
    take_call,
    two_of_three,
)

pytestmark = pytest.mark.django_db


def test_a_child_on_file_is_found_by_a_misspelt_name_with_the_evidence_in_words(council, family):
    client = signed_in(council.screener)
    record = take_call(client)
    url = describe(client, record, "child", given="Maia", family="Adeyami", **day("born", family[0].born_on))
    shown = page(client.get(url))
    assert "born 2 May 2016" in shown
    assert "This is them" in shown


def test_finding_a_child_opens_that_childs_own_questions_and_starts_its_clock(council, family):
    client = signed_in(council.screener)
    record, _ = two_of_three(client, family)
    shown = page(client.get(f"/record/{record.reference}/record/"))
    assert f"child-{family[0].reference}-worry" in shown
    clocks = Clock.objects.filter(record=record, key="contact.screen")
    assert {clock.child_id for clock in clocks} == {family[0].pk, family[1].pk}
    assert {clock.started_on for clock in clocks} == {TODAY}


def test_a_child_settled_anew_on_a_page_gone_back_to_takes_the_place_of_the_one_before(council, family):
    client = signed_in(council.screener)
    record, _ = two_of_three(client, family)
    assert found(client, f"/front-door/contact/{record.reference}/people/1/", family[2]).status_code == 302
    link = record.children.get(child=family[0])
    assert link.removed_why == "Taken for somebody else while the call was written"
    assert record.children.filter(removed_at=None, child=family[2]).exists()


def test_the_third_child_of_the_family_stands_beside_the_form_and_not_on_the_record(council, family):
    client = signed_in(council.screener)
    record, _ = two_of_three(client, family)
    shown = page(client.get(f"/record/{record.reference}/record/"))
    assert "Ada Adeyemi" in shown
    assert family[2].pk not in record.children.values_list("child_id", flat=True)


def test_not_this_person_is_remembered(council, family):
    client = signed_in(council.screener)
    record = take_call(client)
    url = describe(client, record, "child", given="Maya", family="Adeyemi", age="3")
    assert family[0].reference in page(client.get(url))
    client.post(f"{url}verdict", {"person": family[0].reference, "verdict": "not"})
    assert NotThisPerson.objects.get().person == family[0]
    assert f'id="match-{family[0].reference}"' not in page(client.get(url))


def test_a_new_family_is_put_on_file_as_described_with_nothing_typed_twice(council):
    client = signed_in(council.screener)
    record = take_call(client)
    home = {"line1": "7 Rope Walk", "town": "Wexcombe", "postcode": "WX2 1AA"}
    first = {"given": "Tomasz", "family": "Nowak", "sex": "M", **day("born", date(2015, 2, 3)), **home}
    add_new(client, describe(client, record, "child", **first), **first)
    url = client.post(f"/front-door/contact/{record.reference}/people/", {"role": "child"})["Location"]
    shown = page(client.get(url))
    assert 'value="Nowak"' in shown
    assert "same address as Tomasz Nowak" in shown
    second = {"given": "Zofia", "family": "Nowak", "age": "4", "same_home": "yes"}
    add_new(client, url, **second)
    mother = {"given": "Ewa", "family": "Nowak", "same_home": "yes", "relationship": "mother"}
    add_new(client, describe(client, record, "adult", **mother), **mother)
    father = {"given": "Dan", "family": "Price", "same_home": "no", "relationship": "father", "related_to": ["2"]}
    add_new(client, describe(client, record, "adult", **father), **father)
    tomasz, zofia, ewa, dan = (Person.objects.get(shown_name=name) for name in ("Tomasz Nowak", "Zofia Nowak", "Ewa Nowak", "Dan Price"))
    assert zofia.age_on(TODAY) == 4
    assert str(zofia.addresses.get().address) == "7 Rope Walk, Wexcombe, WX2 1AA"
    assert {(t.person, t.other, t.kind) for t in Relationship.objects.all()} == {
        (tomasz, ewa, "mother"),
        (zofia, ewa, "mother"),
        (zofia, dan, "father"),
    }
    assert not dan.addresses.exists()
    assert not Relationship.objects.filter(is_confirmed=True).exists(), "told by a caller, not yet confirmed"
    assert set(record.children.values_list("child_id", flat=True)) == {tomasz.pk, zofia.pk}


def test_an_unborn_baby_is_put_on_file_with_only_the_month_known(council):
    client = signed_in(council.screener)
    record = take_call(client)
    mother = {"given": "Ewa", "family": "Nowak"}
    add_new(client, describe(client, record, "adult", **mother), **mother)
    month = TODAY.month % 12 + 1
    baby = {"expected-month": str(month), "expected-year": str(TODAY.year + (month == 1)), "same_home": "yes"}
    add_new(client, describe(client, record, "unborn", **baby), **baby)
    assert Person.objects.get(recorded_as_adult=False).is_unborn


def test_an_impossible_date_is_refused_when_adding_and_everything_typed_is_still_there(council):
    client = signed_in(council.screener)
    record = take_call(client)
    typed = {"given": "Tomasz", "family": "Nowak", "born-day": "31", "born-month": "2", "born-year": "2015"}
    url = describe(client, record, "child", **typed)
    response = add_new(client, url, **typed)
    assert response.status_code == 422
    shown = page(response)
    assert "“31/2/2015” is not a day in the calendar." in shown
    assert 'value="Tomasz"' in shown
    assert not Person.objects.filter(shown_name="Tomasz Nowak").exists()


def test_a_restricted_match_says_only_stop_and_nobody_can_be_added(council, family):
    maya = family[0]
    restrict(
        person=maya.pk,
        why="A colleague’s child",
        lead_name="Head of safeguarding",
        lead_phone="020 7946 0999",
        by=council.front_door_manager,
    )
    client = signed_in(council.screener)
    record = take_call(client)
    typed = {"given": "Maya", "family": "Adeyemi", **day("born", maya.born_on)}
    url = describe(client, record, "child", **typed)
    shown = page(client.get(url))
    assert "Stop: ring the restricted-records lead" in shown
    assert "020 7946 0999" in shown
    assert maya.reference not in shown
    assert "4 Elm Street" not in shown
    assert "Add as new" not in shown
    assert add_new(client, url, **typed).status_code == 422
    assert Person.objects.filter(shown_name="Maya Adeyemi").count() == 1
    assert found(client, url, maya).status_code == 404, "and cannot be chosen by guessing"


def test_somebody_who_knows_the_family_is_told_to_stop_and_a_colleague_goes_on(council, family):
    maya = family[0]
    declare_conflict(user=council.screener, person=maya.pk, why="Neighbours", by=council.screener)
    client = signed_in(council.screener)
    record = take_call(client)
    typed = {"given": "Maya", "family": "Adeyemi", **day("born", maya.born_on)}
    url = describe(client, record, "child", **typed)
    shown = page(client.get(url))
    assert "Stop: ask a colleague" in shown
    assert maya.reference not in shown and "Add as new" not in shown and "Open the restricted record" not in shown
    assert add_new(client, url, **typed).status_code == 422
    assert found(client, url, maya).status_code == 404
    assert maya.reference in page(signed_in(council.front_door_manager).get(url)), "a colleague sees who it may be"


def test_the_glass_is_broken_with_a_reason_of_three_words_and_it_is_written_down(council, family):
    maya = family[0]
    restriction = restrict(person=maya.pk, why="A colleague’s child", lead_name="Lead", lead_phone="1", by=council.front_door_manager)
    client = signed_in(council.screener)
    record = take_call(client)
    url = describe(client, record, "child", given="Maya", family="Adeyemi", **day("born", maya.born_on))
    sent = {"restriction": str(restriction.pk), "press": "open"}
    refused = client.post(f"{url}restricted", {**sent, "why": "need it"})
    assert refused.status_code == 422
    assert "need it" in page(refused)
    client.post(f"{url}restricted", {**sent, "why": "The child is bleeding and nobody answers"})
    assert Grant.objects.get(kind=Grant.BREAK_GLASS).person == maya.pk
    assert "This is them" in page(client.get(url))


def test_the_lead_may_say_it_is_somebody_else_and_then_the_child_can_be_added(council, family):
    maya = family[0]
    restriction = restrict(person=maya.pk, why="A colleague’s child", lead_name="Lead", lead_phone="1", by=council.front_door_manager)
    client = signed_in(council.screener)
    record = take_call(client)
    typed = {"given": "Maya", "family": "Adeyemi", "age": "10"}
    url = describe(client, record, "child", **typed)
    client.post(f"{url}restricted", {"restriction": str(restriction.pk), "press": "else", "lead_said": "Spoke to the lead, not her"})
    add_new(client, url, **typed)
    assert Person.objects.filter(shown_name="Maya Adeyemi").count() == 2


def test_a_description_is_saved_as_it_is_typed(council):
    client = signed_in(council.screener)
    record = take_call(client)
    url = describe(client, record, "child", given="Ma")
    row = DescribedPerson.objects.get()
    body = {
        "revision": row.revision,
        "tab": "a",
        "answers": {"given": "Maya", "born": {"day": "2", "month": "", "year": ""}, "related_to": []},
    }
    assert client.post(f"{url}draft", body, content_type="application/json").status_code == 200
    row.refresh_from_db()
    assert (row.given, row.born_day) == ("Maya", "2")
    assert client.post(f"{url}draft", {**body, "tab": "b"}, content_type="application/json").status_code == 409
