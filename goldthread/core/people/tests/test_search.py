"""One search box finds people by names misheard, misspelt, shortened and former, and says why."""

import datetime as dt

import pytest

from goldthread.core.people.actions import (
    add_identifier,
    add_name,
    create_people,
    create_person,
    describe,
    move_to_address,
    record_birth,
    set_contact_point,
)
from goldthread.core.people.facts import At, Name, NewPerson, Number, Place, Reach
from goldthread.core.people.identifier_systems import NHS_NUMBER, la_child_id_system
from goldthread.core.people.models import Person
from goldthread.core.people.search import find
from goldthread.ground.access.actions import restrict

BORN = dt.date(2014, 3, 12)

# The name on file, how it was typed; the birth date on file is always 12 March 2014.
MISSPELT = [
    ("Siobhán", "O'Connor", "Shivon Oconnor 12/3/14"),
    ("Siobhán", "O'Connor", "Chevonne O Conner 2014"),
    ("Siobhán", "O'Connor", "siobahn o’connor"),
    ("Siobhán", "O'Connor", "connor shivaun"),
    ("Siobhán", "O'Connor", "O'Connor 3/12/2014"),
    ("Niamh", "Gallagher", "Neve Galacher"),
    ("Caoimhe", "Doherty", "Keeva Docherty 12/3/14"),
    ("Saoirse", "Kavanagh", "Seersha Cavanagh"),
    ("Tadhg", "O'Sullivan", "Tige Sullivan"),
    ("Seán", "McLaughlin", "Shaun Mac Loughlin"),
    ("Aoife", "MacDonald", "Eefa Mcdonald 12 March 2014"),
    ("Rhys", "Llewellyn", "Reece Lewelyn"),
    ("Muhammad", "Hussain", "Mohammed Hussein"),
    ("Mohamed", "Abdirahman", "Maxamed Abdi Rahman 12/3/2014"),
    ("Mohammed", "Choudhury", "Md Chowdhury"),
    ("Ayesha", "Begum", "Aisha Begom"),
    ("Khadija", "Ahmed", "Hadija Axmed"),
    ("Zainab", "Al-Hassan", "Zaynab Hasan"),
    ("Yusuf", "Osman", "Yousef Uthman"),
    ("Abdul Rahman", "Khan", "Abdulrahman Kahn"),
    ("Ibrahim", "Siddiqui", "Ebrahim Sidiqi"),
    ("Gurpreet", "Kaur", "Gurprit Kour"),
    ("Harpreet", "Dhillon", "Harprit Dillon"),
    ("Lakshmi", "Sivakumar", "Laxmi Shivakumar"),
    ("Wojciech", "Kowalski", "Voytek Kovalski"),
    ("Katarzyna", "Kowalska", "Kasia Kowalski"),
    ("Małgorzata", "Wiśniewska", "Gosia Wisniewski"),
    ("Łukasz", "Wójcik", "Lukasz Wojcik"),
    ("Agnieszka", "Nowak", "Agneshka Novak"),
    ("Ayşe", "Şahin", "Ayse Shahin"),
    ("Gökhan", "Çelik", "Gokhan Chelik"),
    ("Mehmet", "Öztürk", "Muhammed Ozturk"),
    ("Oluwaseun", "Adeyemi", "Seun Adeyemo"),
    ("Chukwuemeka", "Okonkwo", "Emeka Okonkow"),
    ("Kwame", "Mensah", "Kwami Mensa"),
    ("Fatoumata", "Jalloh", "Fatou Diallo"),
    ("Thi Mai", "Nguyễn", "Mai Nguyan"),
    ("Katherine", "Thompson", "Cathryn Tomson"),
    ("William", "Smith", "Billy Smyth"),
    ("Elizabeth", "Featherstonehaugh", "Beth Fanshaw"),
    ("Isabella", "Smith-Jones", "Izzy Jones 12/3/14"),
    ("Alexander", "Davies", "Sandy Davis"),
    ("Jonathan", "Clarke", "Jon Clark"),
    ("Kayleigh", "Stephenson", "Caley Stevenson"),
    ("Jayden", "Reid", "Jaden Reed 13/3/14"),
    ("Matthew", "Phillips", "Mathew Philips"),
    ("Charlotte", "Wright", "Charlote Write 12/3/13"),
    ("Benjamin", "Brown", "Banjamin Borwn"),
    ("Thomas", "Beauchamp", "Tom Beecham"),
    ("Grace", "O'Neill", "Grace Oneil aged 12"),
]
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def crowd(filing):
    """Other people, so that being found means being chosen."""
    given = [
        "Olivia",
        "Noah",
        "Amelia",
        "Leo",
        "Musa",
        "Sara",
        "Walter",
        "Kate",
        "Ali",
        "Sean",
        "Thomas",
        "Grace",
        "Charlotte",
        "Zara",
    ]
    family = ["Jones", "Smith", "Patel", "Khan", "Brown", "Hussain", "Murphy", "Begum", "Ahmed", "Davies", "Kelly", "Wright"]
    create_people(
        people=[
            NewPerson(
                names=[Name(g, f)], personal={"born_on": dt.date(2010 + (i * 7 + j) % 12, 1 + (i + j) % 12, 1 + (i * 5 + j * 3) % 28)}
            )
            for i, g in enumerate(given)
            for j, f in enumerate(family)
        ]
    )


@pytest.mark.parametrize(("given", "family", "typed"), MISSPELT)
def test_a_misspelt_name_finds_the_person_first(given, family, typed, screener, crowd):
    person = create_person(names=[Name(given, family)], born_on=BORN)
    hits = find(typed, screener, today=TODAY)
    assert hits, f"nobody found for {typed}"
    assert hits[0].person_id == person.pk, [(str(hit.person), round(hit.score, 2), hit.why) for hit in hits[:3]]
    assert hits[0].why


def only_hit(typed, user):
    (hit,) = find(typed, user, today=TODAY)
    return hit


def test_each_hit_says_why_it_was_found(screener):
    create_person(names=[Name("Siobhán", "O'Connor")], born_on=BORN)
    assert only_hit("Shivon Oconnor 12/3/14", screener).why == ["sounds like Siobhán", "named O'Connor", "born 12 March 2014"]


def test_day_and_month_the_other_way_round_are_noticed(screener):
    create_person(names=[Name("Siobhán", "O'Connor")], born_on=BORN)
    assert only_hit("O'Connor 3/12/14", screener).why[-1] == "born 12 March 2014: day and month the other way round"


def test_a_former_name_is_found_and_called_one(screener):
    person = create_person(names=[Name("Kelly", "Marsh", from_on=dt.date(2014, 3, 12))], born_on=BORN)
    add_name(person=person, name=Name("Kelly", "Bright", from_on=dt.date(2020, 1, 1)))
    hit = only_hit("Kelly Marsh", screener)
    assert hit.person.shown_name == "Kelly Bright"
    assert hit.why == ["named Kelly", "named Marsh, a former name"]


def test_a_person_is_found_by_number_postcode_telephone_and_reference(screener):
    person = create_person(
        names=[Name("Ada", "Bell")],
        numbers=[Number(NHS_NUMBER, "943 476 5919"), Number(la_child_id_system(), "C000000006", is_key=True)],
        addresses=[At(Place("14 Elm Road", postcode="N1 9GU"))],
        contact_points=[Reach("phone", "020 7946 0123")],
    )
    for typed in [
        "9434765919",
        "943 476 5919",
        "c000000006",
        "n19gu",
        "Bell N1 9GU",
        "+44 20 7946 0123",
        person.reference,
        person.reference.lower(),
    ]:
        assert only_hit(typed, screener).person_id == person.pk, typed


def test_an_old_address_still_finds_who_lived_there(screener):
    person = create_person(names=[Name("Ada", "Bell")], addresses=[At(Place("14 Elm Road", postcode="N1 9GU"))])
    move_to_address(people=[person], place=Place("3 Oak Way", postcode="E8 1AA"), from_on=dt.date(2025, 1, 1))
    assert only_hit("N1 9GU", screener).person_id == only_hit("E8 1AA", screener).person_id == person.pk


def test_what_is_learnt_later_can_be_searched_at_once(screener):
    person = create_person(names=[Name(None, "Okafor")], expected_on=dt.date(2026, 12, 1))
    record_birth(person=person, born_on=dt.date(2026, 11, 20), names=[Name("Chidi", "Okafor")])
    add_identifier(person=person, number=Number(NHS_NUMBER, "9434765919"))
    set_contact_point(person=person, reach=Reach("phone", "07700 900123"))
    for typed in ["Chidi Okafor", "Okafor 20/11/26", "9434765919", "07700900123"]:
        assert only_hit(typed, screener).person_id == person.pk, typed


def test_an_unborn_child_is_found_by_the_date_expected(screener):
    create_person(names=[Name("Baby", "Okafor")], expected_on=dt.date(2027, 3, 14))
    assert only_hit("Okafor 14/3/27", screener).why == ["named Okafor", "due 14 March 2027"]


def test_a_child_without_a_name_is_found_by_number_only(screener):
    person = create_person(numbers=[Number(la_child_id_system(), "C000000006", is_key=True)], origin="imported", born_on=BORN)
    assert find("12/3/14", screener) == []
    assert only_hit("C000000006", screener).person_id == person.pk
    assert not Person.objects.named().filter(pk=person.pk).exists()


def test_a_protected_identity_is_never_found_by_name_or_number(screener):
    person = create_person(names=[Name("Ada", "Bell")], numbers=[Number(NHS_NUMBER, "9434765919")], born_on=BORN)
    describe(person=person, identity_protected=True)
    assert find("Ada Bell 12/3/14", screener) == find("9434765919", screener) == []
    assert only_hit(person.reference, screener).person_id == person.pk


def test_a_restricted_person_is_absent_from_search(screener, second_person):
    person = create_person(names=[Name("Ada", "Bell")], born_on=BORN)
    restrict(person=person.pk, why="Staff family", lead_name="R. Lead", lead_phone="1234", by=second_person)
    assert find("Ada Bell", screener) == []


def test_a_name_no_one_has_finds_no_one(screener, crowd):
    assert find("Xanthippe Zzyzx", screener) == []
    assert find("", screener) == []
