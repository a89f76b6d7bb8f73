"""Dated code lists."""

from datetime import date

import pytest

from goldthread.ground.codes import codes, names

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("name", names())
def test_every_list_has_codes_with_labels_and_dates_in_order(name: str) -> None:
    assert len(codes(name)) > 1
    for row in codes(name):
        assert row.code == row.code.strip() and row.label == row.label.strip() != ""
        assert row.valid_from is None or row.valid_until is None or row.valid_from <= row.valid_until


@pytest.mark.parametrize("name", names())
def test_no_two_codes_offered_on_one_day_share_a_label(name: str) -> None:
    labels = [label for _, label in codes(name).choices(on=TODAY)]
    if name != "standard.relationship":  # HL7 tells "child" from "natural child", and not always by its label
        assert len(labels) == len(set(labels))


def test_a_list_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(LookupError, match=r"cin\.nothing"):
        codes("cin.nothing")
    with pytest.raises(LookupError):
        codes("../lists/cin.sex")


def test_a_code_is_checked_as_at_the_day_of_the_event() -> None:
    factors = codes("cin.assessment_factors")
    assert factors.check("18A", on=date(2023, 6, 1)) is None
    assert factors.check("18A", on=TODAY) == "“Physical abuse (before it was split)” was no longer used after 31 March 2024."
    assert factors.check("18C", on=TODAY) is None
    assert factors.check("18c", on=TODAY) == "“18c” is not one of the answers."


def test_a_retired_code_is_not_offered_but_keeps_its_label() -> None:
    factors = codes("cin.assessment_factors")
    offered = dict(factors.choices(on=TODAY))
    assert "18A" not in offered and "19A" not in offered and "24A" in offered
    assert "18A" in dict(factors.choices()) and factors.label("18A") == "Physical abuse (before it was split)"
    assert factors.label("99Z") == "99Z"


def test_the_census_lists_hold_the_official_codes() -> None:
    spelt = {name: " ".join(row.code for row in codes(name)) for name in names() if name.startswith("cin.")}
    assert spelt["cin.referral_source"] == "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"
    assert spelt["cin.primary_need"] == "N1 N2 N3 N4 N5 N6 N7 N8 N9 N0"
    assert spelt["cin.closure_reason"] == "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9"
    assert spelt["cin.abuse_category"] == "NEG PHY SAB EMO MUL"
    assert spelt["cin.upn_unknown"] == "UN1 UN2 UN3 UN4 UN5 UN6 UN7"
    assert spelt["cin.disability"] == "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA"
    assert set(spelt["cin.sex"].split()) == {"M", "F", "U"}
    assert spelt["cin.assessment_factors"] == (
        "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A "
        "18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A"
    )


def test_every_known_ethnicity_has_a_number_of_the_national_standard_and_back() -> None:
    theirs = codes("standard.ethnicity")
    for row in codes("ethnicity"):
        number = row.more["ons"]
        assert (number is None) == (row.code in ("REFU", "NOBT"))
        assert number is None or theirs.other(number, "dfe") == row.code


def test_a_relationship_read_from_the_other_side_has_its_own_kind() -> None:
    kinds = codes("people.relationship")
    assert kinds.other("mother", "inverse") == "child" and kinds.other("half_brother", "inverse") == "half_sibling"
    for row in kinds:
        back = kinds[row.more["inverse"] or ""]
        assert kinds[back.more["inverse"] or ""].more["inverse"] == back.code, row.code
        ahead, behind = row.more["generation"], back.more["generation"]
        assert (ahead, behind) == (None, None) or int(ahead or 0) == -int(behind or 0), row.code
        assert "yes" in (row.more["is_stored"], back.more["is_stored"]), row.code
        assert row.more["hl7"] in codes("standard.relationship"), row.code


def test_only_danger_safe_contact_and_restriction_interrupt() -> None:
    interrupting = {row.code for row in codes("people.alert_kind") if row.more["interrupts"] == "yes"}
    assert interrupting == {"immediate_danger", "safe_contact", "must_not_know_address", "restricted"}


def test_labels_use_typographic_apostrophes() -> None:
    assert not [(name, row.code) for name in names() for row in codes(name) if "'" in row.label]
