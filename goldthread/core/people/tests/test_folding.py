"""Names brought to a plain form, and the keys made from them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.people.folding import fold, name_tokens, phone_key, place_key, shown_postcode, sort_key
from goldthread.core.people.keys import name_keys
from goldthread.core.people.reference import ALPHABET, new_reference
from goldthread.core.people.sounds import sound

latin = st.text(st.characters(max_codepoint=0x24F, categories=("Lu", "Ll")) | st.sampled_from(" '-’"), min_size=1, max_size=30)
plain = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz -"), min_size=1, max_size=30)
unhurried = settings(deadline=None)
MARKS = "\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327"


@unhurried
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@unhurried
@given(latin)
def test_the_same_name_in_capitals_has_the_same_keys(name):
    assert name_keys([name], []) == name_keys([name.upper()], []) == name_keys([name.lower()], [])


@unhurried
@given(plain, st.lists(st.sampled_from(MARKS), min_size=30, max_size=30))
def test_the_same_name_with_accents_has_the_same_keys(name, marks):
    accented = unicodedata.normalize("NFC", "".join(c + mark if c.isalpha() else c for c, mark in zip(name, marks, strict=False)))
    assert name_keys([accented], []) == name_keys([name[:30]], [])


@unhurried
@given(latin, latin)
def test_a_name_has_the_same_keys_whichever_part_is_called_the_family_name(one, other):
    assert name_keys([one], [other]) == name_keys([other], [one])


@pytest.mark.parametrize(("written", "folded"), [
    ("Siobhán", "siobhan"), ("O’Connor", "oconnor"), ("O'Connor", "oconnor"), ("Łukasz", "lukasz"), ("Søren", "soren"), ("Weiß", "weiss"),
    ("İbrahim", "ibrahim"), ("Şahin", "sahin"), ("Nguyễn", "nguyen"), ("Anne-Marie", "anne marie"), ("  d'Arcy  ", "darcy"),
])  # fmt: skip
def test_marks_capitals_and_apostrophes_fall_away(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(("parts", "tokens"), [
    (["O'Connor"], {"oconnor", "connor"}), (["O Connor"], {"oconnor", "connor"}), (["Smith-Jones"], {"smith", "jones", "smithjones"}),
    (["Abdul", "Rahman"], {"abdul", "rahman", "abdulrahman"}), (["van der Berg"], {"berg", "vander", "derberg", "vanderberg"}), (["Al"], {"al"}),
])  # fmt: skip
def test_a_name_is_known_by_its_parts_joined_and_apart(parts, tokens):
    assert set(name_tokens(parts)) == tokens


@pytest.mark.parametrize(("one", "other"), [
    ("shivon", "chevonne"), ("thompson", "tomson"), ("kowalska", "kowalski"), ("mohammed", "muhamed"), ("stephen", "steven"), ("khan", "kan"),
    ("yusuf", "yousef"), ("philip", "filip"), ("catherine", "kathryn"), ("dhillon", "dillon"),
])  # fmt: skip
def test_names_said_alike_sound_alike(one, other):
    assert sound(one) == sound(other)


def test_two_spellings_of_an_address_are_one_place():
    assert place_key("Flat 2, 14 Elm Rd.", None, None, "n1 9gu") == place_key("flat 2", "14 Elm Rd", "London", "N19GU")
    assert place_key(None, None, "Hackney", None) is None


def test_postcodes_and_telephone_numbers_are_written_one_way():
    assert shown_postcode("n19gu") == "N1 9GU"
    assert phone_key("+44 (0)20 7946 0000") == phone_key("0044 20 7946 0000") == phone_key("020 7946 0000") == "02079460000"


def test_people_are_sorted_by_family_name_without_its_marks():
    assert sorted([sort_key("Zák", "Ed"), sort_key("O’Dell", "Ann"), sort_key("Óberg", "Ann")]) == ["oberg ann", "odell ann", "zak ed"]


@unhurried
@given(st.integers())
def test_a_reference_can_be_read_aloud_and_never_holds_the_refused_letters(_):
    reference = new_reference()
    assert set(reference) <= set(ALPHABET)
    assert len(reference) == 8
    assert "0x" not in reference.lower()
