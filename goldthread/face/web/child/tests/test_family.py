"""The family: drawn and told alike, added to without doubles, put right; births, losses, alerts, addresses."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Involvement
from goldthread.core.people.models import Alert, ContactPoint, Merge, NotThisPerson, Person, PersonAddress, Relationship
from goldthread.core.records.models import Comment, Record
from goldthread.face.web.child.tests.conftest import STREET, person, typed_day
from goldthread.ground.audit.acting import acting

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_drawing_and_table_tell_the_same_people_with_parental_responsibility_in_words(home, signed_in):
    html = words(signed_in(home.worker).get(f"/child/{home.ada.reference}/family/"))
    drawn, told = html.split("The same in words")
    for name in ("Grace Okonjo", "Femi Okonjo", "Daniel Marsh", "Efua Mensah", "Leo Okonjo"):
        assert name in drawn and name in told
    assert "Has it for Ada, Leo, the baby" in told and "Does not have it for the baby" in told
    assert "not confirmed" in drawn and "Half-brother or half-sister" in told
    assert "Leo Okonjo</a> Brother<" in told or "Leo Okonjo</a> Brother " in told, "a brother has no parental responsibility to speak of"


def test_nobody_is_put_on_file_before_likely_doubles_are_shown(home, signed_in):
    client, path = signed_in(home.council.screener), f"/child/{home.ada.reference}/family/add/"
    typed = {"given": "Daniel", "family": "Marsh", "kind": "parents_partner"} | typed_day("born_on", home.other_dad.born_on)
    count = Person.objects.count()
    asked = client.post(path, typed)
    assert asked.status_code == 200 and home.other_dad.reference in words(asked) and "None of these" in words(asked)
    assert client.post(path, typed | {"decision": home.other_dad.reference}).status_code == 302
    assert Person.objects.count() == count
    assert Relationship.objects.filter(person=home.ada, other=home.other_dad, kind="parents_partner").exists()


def test_a_new_relative_is_kept_and_not_this_person_remembered(home, signed_in):
    client, path = signed_in(home.council.screener), f"/child/{home.ada.reference}/family/add/"
    typed = {"given": "Daniel", "family": "Marsh", "kind": "uncle", "same_home": "yes"} | typed_day("born_on", home.other_dad.born_on)
    assert client.post(path, typed | {"decision": "new"}).status_code == 302
    made = Person.objects.filter(shown_name="Daniel Marsh").latest("pk")
    assert made.pk != home.other_dad.pk and NotThisPerson.objects.filter(person=home.other_dad).exists()
    assert PersonAddress.objects.get(person=made).is_confidential, "who moves in with a confidential address has one"


def test_a_relationship_ends_on_its_day_and_stays_on_file(home, signed_in):
    today = localdate()
    typed = {"kind": "father", "pr": "yes"} | typed_day("until_on", today)
    assert signed_in(home.worker).post(f"/child/{home.ada.reference}/family/{home.dad.reference}/", typed).status_code == 302
    assert Relationship.objects.get(person=home.ada, other=home.dad).until_on == today


def test_a_birth_keeps_the_record_and_what_was_written_before(home, signed_in):
    typed = {"given": "Kofi", "family": "Marsh", "sex": "M"} | typed_day("born_on", localdate())
    assert signed_in(home.worker).post(f"/child/{home.baby.reference}/birth/", typed).status_code == 302
    home.baby.refresh_from_db()
    assert str(home.baby) == "Kofi Marsh" and home.baby.born_on == localdate()


def test_the_end_of_a_pregnancy_is_recorded(home, signed_in):
    assert signed_in(home.worker).post(f"/child/{home.baby.reference}/loss/", typed_day("ended_on", localdate())).status_code == 302
    home.baby.refresh_from_db()
    assert home.baby.pregnancy_ended_on == localdate()


def test_an_alert_that_keeps_somebody_away_says_whom(home, signed_in):
    client, path = signed_in(home.worker), f"/child/{home.ada.reference}/alerts/add/"
    typed = {"kind": "no_contact", "what": "Ring 999."} | typed_day("review_on", localdate() + timedelta(days=20))
    refused = client.post(path, typed)
    assert refused.status_code == 422 and "Say who this is about." in words(refused) and "Ring 999." in words(refused)
    assert client.post(path, typed | {"about": home.dad.reference}).status_code == 302
    assert Alert.objects.get(kind="no_contact").about_id == home.dad.pk


def test_an_alert_ends_with_a_reason(home, signed_in):
    row = Alert.objects.get(kind="visit_in_pairs")
    typed = {"row": row.pk, "holds": "no", "reason": "The dog has gone."}
    assert signed_in(home.worker).post(f"/child/{home.ada.reference}/alerts/change/", typed).status_code == 302
    row.refresh_from_db()
    assert row.until_on == localdate() and row.ended_reason == "The dog has gone."


def test_a_move_ends_the_former_address_and_takes_the_household(home, signed_in):
    typed = {
        "line1": "3 Mill Lane", "town": "Northmere", "postcode": "NM1 1AA", "use": "home", "is_where_living": "yes", "is_confidential": "no",
        "with": [home.leo.reference, home.mum.reference],
    } | typed_day("from_on", localdate())  # fmt: skip
    assert signed_in(home.worker).post(f"/child/{home.ada.reference}/about/move/", typed).status_code == 302
    assert PersonAddress.objects.filter(address__line1="3 Mill Lane", until_on=None).count() == 3
    assert PersonAddress.objects.get(person=home.ada, address__line1=STREET).until_on == localdate()


def test_a_confidential_address_says_from_whom(home, signed_in):
    row = PersonAddress.objects.get(person=home.ada)
    typed = {"row": row.pk, "line1": STREET, "use": "home", "is_confidential": "yes"}
    answer = signed_in(home.worker).post(f"/child/{home.ada.reference}/about/address/", typed)
    assert answer.status_code == 422 and "Say who must not learn the address." in words(answer)


def test_another_persons_row_cannot_be_changed_from_here(home, signed_in):
    row = PersonAddress.objects.get(person=home.mum)
    assert signed_in(home.worker).get(f"/child/{home.ada.reference}/about/address/?{urlencode({'row': row.pk})}").status_code == 404


def test_a_way_to_reach_somebody_says_whether_it_is_safe(home, signed_in):
    client = signed_in(home.worker)
    typed = {"kind": "phone", "value": "020 7946 0777", "is_safe": "no"}
    assert client.post(f"/child/{home.mum.reference}/about/reach/", typed).status_code == 302
    assert ContactPoint.objects.get(value="020 7946 0777").is_safe is False
    html = words(client.get(f"/person/{home.mum.reference}/"))
    assert "Not safe: do not use" in html and 'href="tel:02079460777"' not in html and "code word “larkspur”" in html
    assert "Ada Okonjo" in html and "has parental responsibility" in html


def test_identity_is_kept_with_who_said_so(home, signed_in):
    typed = {"ethnicity": "MWBA", "ethnicity_source": "Ada", "first_language": "en", "disabilities": ["NONE"], "sex": "F"} | typed_day(
        "born_on", home.ada.born_on
    )
    assert signed_in(home.worker).post(f"/child/{home.ada.reference}/about/identity/", typed).status_code == 302
    assert "Said by: Ada" in words(signed_in(home.worker).get(f"/child/{home.ada.reference}/about/"))


def test_a_number_that_cannot_be_one_is_refused_in_words(home, signed_in):
    typed = {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "1234567890"}
    answer = signed_in(home.worker).post(f"/child/{home.ada.reference}/about/number/", typed)
    assert answer.status_code == 422 and "An NHS number has 10 digits" in words(answer)


def test_professionals_come_and_go_and_the_history_keeps_them(home, signed_in):
    client, path = signed_in(home.worker), f"/child/{home.ada.reference}/people/"
    typed = {"agency": "another", "agency_name": "Ash Surgery", "agency_kind": "gp", "role": "GP"} | typed_day("from_on", localdate())
    assert client.post(path + "add/", typed).status_code == 302
    row = Involvement.objects.get(role="GP")
    assert client.post(path + "end/", {"row": row.pk} | typed_day("on", localdate())).status_code == 302
    assert "No longer involved" in words(client.get(path))


def test_closing_is_proposed_from_the_childs_page(home, signed_in):
    client = signed_in(home.worker)
    assert (
        client.post(f"/child/{home.ada.reference}/start/closure/", {"children": [home.ada.reference, home.leo.reference]}).status_code
        == 302
    )
    closure = Record.objects.get(kind="family_help.closure")
    assert closure.children.count() == 2
    assert "A closure is going on" in words(client.get(f"/child/{home.ada.reference}/start/"))


def test_what_comes_out_of_order_asks_why_and_keeps_it(home, signed_in):
    client, path = signed_in(home.council.screener), f"/child/{home.baby.reference}/start/plan/"
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"why": "Born into a plan agreed elsewhere.", "children": home.baby.reference}).status_code == 302
    assert "Begun out of the usual order: Born into a plan agreed elsewhere." in Comment.objects.get().words


def test_what_the_law_forbids_cannot_begin(home, signed_in):
    assert signed_in(home.worker).post(f"/child/{home.ada.reference}/start/review/", {"words": "x"}).status_code == 404


def test_two_people_join_a_child_on_file_twice_and_it_can_be_undone(home, signed_in):
    with acting(system="test"):
        twice = person("Ada", "Okonjo", 9, "F")
    client, path = signed_in(home.council.screener), f"/child/{home.ada.reference}/duplicates/"
    assert twice.reference in words(client.get(path))
    client.post(path + f"{twice.reference}/", {"verdict": "same", "reason": "Same school."})
    row = Merge.objects.get()
    client.post(path + "decide/", {"row": row.pk, "press": "approve"})
    row.refresh_from_db()
    assert row.approved_at is None, "nobody approves their own"
    second = signed_in(home.council.front_door_manager)
    second.post(path + "decide/", {"row": row.pk, "press": "approve"})
    twice.refresh_from_db()
    assert twice.merged_into_id == home.ada.pk
    second.post(path + "decide/", {"row": row.pk, "press": "undo", "reason": "Cousins."})
    twice.refresh_from_db()
    assert twice.merged_into_id is None
