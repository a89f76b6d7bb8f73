"""Ties read from both sides, siblings found through parents, households, all in few queries."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from goldthread.core.people.actions import create_people, end_relationship, join_household, move_to_address, relate, relate_many
from goldthread.core.people.facts import Name, NewPerson, Place, Tie
from goldthread.core.people.kinds import inverse, is_stored
from goldthread.core.people.models import Relationship
from goldthread.core.people.queries import adults_living_with, family_of, living_at, parents_of, siblings_of
from goldthread.ground.codes.code_lists import codes

pytestmark = pytest.mark.usefixtures("filing")
TODAY = dt.date.today()


@pytest.fixture
def family():
    """Mother with Maya and Leo by Dan, and Ada by Ray; Dan lives elsewhere and has Zoe with Kim."""
    told = [("mum", "F", None), ("dan", "M", None), ("ray", "M", None), ("kim", "F", None), ("maya", "F", 2014), ("leo", "M", 2016), ("ada", "F", 2020),
            ("zoe", "F", 2022), ("gran", "F", None)]  # fmt: skip
    made = create_people(
        people=[
            NewPerson(
                names=[Name(name.title(), "Reed")],
                personal={"sex": sex, "recorded_as_adult": year is None} | ({"born_on": dt.date(year, 5, 1)} if year else {}),
            )
            for name, sex, year in told
        ]
    )
    p = {name: person for (name, _, _), person in zip(told, made, strict=True)}
    parents = {"maya": ("mum", "dan"), "leo": ("mum", "dan"), "ada": ("mum", "ray"), "zoe": ("kim", "dan")}
    relate_many(ties=[Tie(p[child].pk, p[parent].pk, "parent") for child, both in parents.items() for parent in both])
    relate(person=p["mum"], other=p["ray"], kind="partner")
    relate(person=p["mum"], other=p["gran"], kind="mother")
    move_to_address(people=[p[n] for n in ("mum", "ray", "maya", "leo", "ada")], place=Place("14 Elm Road", postcode="N1 9GU"))
    move_to_address(people=[p[n] for n in ("dan", "kim", "zoe")], place=Place("3 Oak Way", postcode="E8 1AA"))
    return p


def test_a_child_sees_parents_and_a_parent_sees_children(family):
    assert {(r.person, r.kind) for r in family_of(family["maya"]).parents} == {(family["mum"], "mother"), (family["dan"], "father")}
    assert {r.person for r in family_of(family["dan"]).children} == {family["maya"], family["leo"], family["zoe"]}


def test_a_parent_who_lives_elsewhere_is_still_a_parent(family):
    lives = {r.person: r.lives_with for r in family_of(family["maya"]).parents}
    assert lives == {family["mum"]: True, family["dan"]: False}


def test_brothers_and_sisters_follow_from_shared_parents(family):
    siblings = {s.person: (s.is_half, s.words, s.lives_with) for s in family_of(family["maya"]).siblings}
    assert siblings == {
        family["leo"]: (False, "Brother", True),
        family["ada"]: (True, "Half-sister", True),
        family["zoe"]: (True, "Half-sister", False),
    }


def test_where_a_parent_is_not_known_nobody_is_called_half(family):
    ada_ray = Relationship.objects.get(person=family["ada"], other=family["ray"])
    end_relationship(relationship=ada_ray, on=TODAY)
    ada = next(s for s in family_of(family["maya"]).siblings if s.person == family["ada"])
    assert (ada.is_half, ada.words) == (None, "Sister")


def test_siblings_of_many_children_agree_with_each_family(family):
    children = [family[n] for n in ("maya", "leo", "ada", "zoe")]
    found = siblings_of(children)
    for child in children:
        assert [(s.person, s.is_half) for s in found[child.pk]] == [(s.person, s.is_half) for s in family_of(child).siblings]


def test_the_household_is_everyone_who_shares_the_home(family):
    assert set(family_of(family["maya"]).household) == {family[n] for n in ("mum", "ray", "leo", "ada")}
    assert set(living_at(on=TODAY, postcode="N1 9GU")) == {family[n] for n in ("mum", "ray", "maya", "leo", "ada")}


def test_a_lodger_in_a_household_is_seen_without_being_family(family):
    (lodger,) = create_people(people=[NewPerson(names=[Name("Bo", "Tan")])])
    join_household(people=[family["maya"], lodger], name="Elm Road")
    found = family_of(family["maya"])
    assert lodger in found.household
    assert lodger.pk not in found.people


def test_one_address_makes_no_family_of_two_mothers_in_one_refuge(family):
    (other,) = create_people(people=[NewPerson(names=[Name("Nadia", "Rahman")], personal={"recorded_as_adult": True})])
    refuge = Place("1 Larch Close", postcode="N1 7ZZ")
    move_to_address(people=[family["mum"], family["maya"]], place=refuge)
    move_to_address(people=[other], place=refuge)
    assert adults_living_with([family["maya"]]) == [family["mum"]]


def test_adults_who_live_with_a_child_are_its_kin_its_parents_partner_and_whoever_shares_the_household(family):
    (lodger,) = create_people(people=[NewPerson(names=[Name("Bo", "Tan")], personal={"recorded_as_adult": True})])
    join_household(people=[family["maya"], lodger], name="Elm Road")
    move_to_address(people=[family["gran"]], place=Place("14 Elm Road", postcode="N1 9GU"))
    assert set(adults_living_with([family["maya"]])) == {family["mum"], family["ray"], family["gran"], lodger}


def test_a_family_is_read_in_three_queries(family, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = family_of(family["maya"])
    assert family["gran"].pk in found.people
    with django_assert_num_queries(2):
        parents_of([family[n] for n in ("maya", "leo", "ada", "zoe")])
    with django_assert_num_queries(2):
        siblings_of([family[n] for n in ("maya", "leo", "ada", "zoe")])


def test_someone_with_parental_responsibility_is_listed_with_the_parents(family):
    relate(
        person=family["maya"],
        other=family["gran"],
        kind="grandmother",
        has_parental_responsibility=True,
        parental_responsibility_basis="child_arrangements",
    )
    parents = parents_of([family["maya"]])[family["maya"].pk]
    assert [(r.person, r.has_parental_responsibility) for r in parents][-1] == (family["gran"], True)


@pytest.mark.parametrize("kind", [code.code for code in codes("people.relationship")])
def test_a_tie_told_from_either_side_is_kept_once(kind):
    one, other = create_people(people=[NewPerson(names=[Name("A", "Reed")]), NewPerson(names=[Name("B", "Reed")])])
    relate(person=one, other=other, kind=kind)
    relate(person=other, other=one, kind=inverse(kind))
    (tie,) = Relationship.objects.all()
    assert is_stored(tie.kind)
    assert (one in (tie.person, tie.other)) and (other in (tie.person, tie.other))


def test_a_tie_told_again_adds_what_is_new_and_forgets_nothing(family):
    relate(person=family["maya"], other=family["dan"], kind="father", has_parental_responsibility=True)
    relate(person=family["maya"], other=family["dan"], kind="parent", note="Sees her on Sundays")
    tie = Relationship.objects.get(person=family["maya"], other=family["dan"])
    assert (tie.kind, tie.has_parental_responsibility, tie.note) == ("father", True, "Sees her on Sundays")


def test_a_father_may_be_unconfirmed_and_not_know(family):
    relate(person=family["ada"], other=family["dan"], kind="father", is_confirmed=False, knows_of_pregnancy=False)
    tie = Relationship.objects.get(person=family["ada"], other=family["dan"])
    assert (tie.is_confirmed, tie.knows_of_pregnancy) == (False, False)


def test_nobody_is_related_to_themselves_or_in_an_unknown_way(family):
    with pytest.raises(ValidationError, match="themselves"):
        relate(person=family["ada"], other=family["ada"], kind="sibling")
    with pytest.raises(ValidationError, match="not one of the answers"):
        relate(person=family["ada"], other=family["leo"], kind="nemesis")
