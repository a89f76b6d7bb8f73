"""A fault costs only what cannot be sound, and says where it is."""

from pathlib import Path

import pytest

from goldthread.out.exchange.cin.census import CHILD_REFUSED, PART_REFUSED, QUERY, VALUE_UNKNOWN, Child, Fault
from goldthread.out.exchange.cin.reading import CensusFile
from goldthread.out.exchange.cin.tests.test_reading_sound_files import WHOLE, read, written
from tests.cin_files.breakages import BREAKAGES, break_file

SEVERITY = {
    "half-typed date": PART_REFUSED,
    "UK date": VALUE_UNKNOWN,
    "impossible date": PART_REFUSED,
    "unknown code": VALUE_UNKNOWN,
    "code in lower case": VALUE_UNKNOWN,
    "end before start": VALUE_UNKNOWN,
    "closure before referral": VALUE_UNKNOWN,
    "authorised before it started": VALUE_UNKNOWN,
    "protection plan ends before it starts": VALUE_UNKNOWN,
    "review before the plan": PART_REFUSED,
    "conference before section 47": VALUE_UNKNOWN,
    "duplicate LAchildID": CHILD_REFUSED,
    "missing LAchildID": CHILD_REFUSED,
    "missing referral date": PART_REFUSED,
    "missing plan start": PART_REFUSED,
    "missing category": QUERY,
    "unknown element": PART_REFUSED,
    "wrong order": QUERY,
    "given twice": VALUE_UNKNOWN,
    "bad boolean": VALUE_UNKNOWN,
    "text where number": VALUE_UNKNOWN,
    "wrong check letter": VALUE_UNKNOWN,
    "stray text": PART_REFUSED,
    "both birth dates": VALUE_UNKNOWN,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "census.xml"
    written(path, year=2026, children=200, seed=5)
    return path


@pytest.mark.parametrize("kind", BREAKAGES)
@pytest.mark.parametrize("child", [1, 37])
def test_a_fault_is_reported_once_with_its_line_child_and_element(tmp_path, sound, kind, child):
    broken = break_file(sound, tmp_path / "broken.xml", kind, child=child)
    _, faults = read(tmp_path / "broken.xml")
    (fault,) = faults
    assert (fault.line, fault.la_child_id, fault.element, fault.severity) == (
        broken.line,
        broken.la_child_id,
        broken.element,
        SEVERITY[kind],
    )
    assert fault.what_is_wrong.endswith(".") and fault.what_to_do.endswith(".")


@pytest.mark.parametrize("kind", BREAKAGES)
def test_every_other_child_is_read_as_if_nothing_were_wrong(tmp_path, sound, kind):
    broken = break_file(sound, tmp_path / "broken.xml", kind)
    before = {child.identifiers.la_child_id: child.sha256 for child in read(sound)[0]}
    after = {child.identifiers.la_child_id: child.sha256 for child in read(tmp_path / "broken.xml")[0]}
    differing = {la_child_id for la_child_id in before if before[la_child_id] != after.get(la_child_id)}
    assert len(differing) == 1 and set(after) <= set(before)
    assert broken.la_child_id is None or kind == "duplicate LAchildID" or differing == {broken.la_child_id}


def one(tmp_path: Path, words: str) -> tuple[Child, list[Fault]]:
    (tmp_path / "one.xml").write_text(words)
    found, faults = read(tmp_path / "one.xml")
    return found[0], faults


def test_a_referral_without_its_date_loses_only_itself(tmp_path):
    child, (fault,) = one(tmp_path, WHOLE.replace("<CINreferralDate>2025-06-02</CINreferralDate>", ""))
    (details,) = child.details
    assert details.referred_on is None
    assert len(details.assessments) == len(details.section_47s) == len(details.protection_plans) == 1
    assert "only what followed it" in fault.what_is_wrong


def test_an_nfa_referral_without_its_date_is_not_kept(tmp_path):
    start, end = WHOLE.index("<CINdetails>"), WHOLE.index("</CINdetails>")
    child, faults = one(
        tmp_path, WHOLE[:start] + "<CINdetails><ReferralSource>6</ReferralSource><ReferralNFA>1</ReferralNFA>" + WHOLE[end:]
    )
    assert child.details == ()
    assert PART_REFUSED in {fault.severity for fault in faults}


def test_a_section_47_without_its_date_keeps_its_conference(tmp_path):
    child, _ = one(tmp_path, WHOLE.replace("<S47ActualStartDate>2025-06-05<", "<S47ActualStartDate>June<"))
    (enquiry,) = child.details[0].section_47s
    assert enquiry.started_on is None and enquiry.conference_on is not None


def test_a_protection_plan_without_its_date_keeps_its_reviews(tmp_path):
    child, _ = one(tmp_path, WHOLE.replace("<CPPstartDate>2025-06-24</CPPstartDate>", ""))
    (plan,) = child.details[0].protection_plans
    assert plan.started_on is None and len(plan.reviews) == 2


def test_an_end_that_cannot_be_read_is_not_taken_for_no_end(tmp_path):
    child, _ = one(tmp_path, WHOLE.replace("Date>2025-07-03<", "Date>2025-07<"))
    (assessment,) = child.details[0].assessments
    assert assessment.authorised_on is None
    assert assessment.unsound == ("AssessmentAuthorisationDate",)


def test_a_uk_date_is_not_guessed_and_its_likely_meaning_is_told(tmp_path):
    child, (fault,) = one(tmp_path, WHOLE.replace(">2016-02-11<", ">03/04/2016<"))
    assert child.identifiers.born_on is None
    assert fault.what_to_do == "Write 2016-04-03 if the day comes first."


def test_one_bad_factor_leaves_the_others(tmp_path):
    child, (fault,) = one(tmp_path, WHOLE.replace(">3B<", ">3Z<"))
    assert child.details[0].assessments[0].factors == ("17A",)
    assert fault.element == "AssessmentFactors"


def test_a_code_given_twice_is_taken_once(tmp_path):
    child, (fault,) = one(tmp_path, WHOLE.replace(">LD<", ">AUT<"))
    assert child.characteristics and child.characteristics.disabilities == ("AUT",)
    assert fault.severity == QUERY


def test_none_beside_a_disability_is_left_out(tmp_path):
    child, (fault,) = one(tmp_path, WHOLE.replace(">LD<", ">NONE<"))
    assert child.characteristics and child.characteristics.disabilities == ("AUT",)
    assert fault.severity == VALUE_UNKNOWN


def test_a_pupil_number_of_two_children_stays_with_the_first(tmp_path):
    start, end = WHOLE.index("<Child>"), WHOLE.index("</Children>")
    (tmp_path / "two.xml").write_text(WHOLE[:end] + WHOLE[start:end].replace("C000000006", "C000000007") + WHOLE[end:])
    (first, second), (fault,) = read(tmp_path / "two.xml")
    assert (first.identifiers.upn, second.identifiers.upn) == ("E318000000006", None)
    assert fault.la_child_id == "C000000007"


@pytest.mark.parametrize(
    ("change", "to", "words"),
    [
        ("<Sex>F</Sex>", "", "Sex is missing"),
        ("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>", "belongs to the census until 2023-24 only"),
        ("<PersonBirthDate>2016-02-11</PersonBirthDate>", "", "no date of birth"),
        ("<PrimaryNeedCode>N1</PrimaryNeedCode>", "", "no primary need code"),
        ("<PrimaryNeedCode>N1</PrimaryNeedCode>", "<CINclosureDate>2026-01-05</CINclosureDate>", "no reason for closure"),
        (
            "<PrimaryNeedCode>N1</PrimaryNeedCode>",
            "<PrimaryNeedCode>N1</PrimaryNeedCode><ReasonForClosure>RC7</ReasonForClosure>",
            "no closure date",
        ),
        ("<ReferralNFA>0<", "<ReferralNFA>1<", "yet something followed"),
        (">2025-07-03<", ">2027-07-03<", "after the end of the census year"),
        (">2025-06-03<", ">0025-06-03<", "too long ago"),
        ("C000000006", "C/6", "other characters"),
        ("<NumberOfPreviousCPP>0<", "<NumberOfPreviousCPP><b>1</b><", "not an element of NumberOfPreviousCPP"),
        ("<ChildIdentifiers>", "<ChildNames/><ChildIdentifiers>", "not an element of Child"),
        ("<Children>", "<Children><Adult/>", "not an element of the list of children"),
        ("<Children>", "<Children>and more", "outside any element"),
    ],
)
def test_what_looks_wrong_is_said_and_the_rest_is_read(tmp_path, change, to, words):
    assert change in WHOLE
    child, faults = one(tmp_path, WHOLE.replace(change, to))
    assert any(words in fault.what_is_wrong for fault in faults), faults
    assert child.identifiers.la_child_id in ("C000000006", "C/6")


def test_a_child_without_identifiers_is_refused(tmp_path):
    start, end = WHOLE.index("<ChildIdentifiers>"), WHOLE.index("<ChildCharacteristics>")
    (tmp_path / "one.xml").write_text(WHOLE[:start] + WHOLE[end:])
    found, (fault,) = read(tmp_path / "one.xml")
    assert found == [] and fault.severity == CHILD_REFUSED


def test_reading_tells_how_far_it_has_come(tmp_path, sound):
    told: list[int] = []
    census = CensusFile.open(sound)
    for _ in census.read(told.append):
        pass
    assert told == sorted(told) and told[-1] == census.size
