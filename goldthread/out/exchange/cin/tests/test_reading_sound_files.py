"""A sound file of any year gives its children whole and without a fault."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.out.exchange.cin.census import Child, Fault
from goldthread.out.exchange.cin.reading import CensusFile
from tests.cin_files.generator import YEARS, write_census


def read(path: Path) -> tuple[list[Child], list[Fault]]:
    found = list(CensusFile.open(path))
    return [each for each in found if isinstance(each, Child)], [each for each in found if isinstance(each, Fault)]


def written(path: Path, **wanted: object) -> Counter[str]:
    with path.open("wb") as out:
        return write_census(out, **wanted)  # type: ignore[arg-type]


def counted(children: list[Child], year: int) -> Counter[str]:
    """The same counts as the generator keeps, taken from what was read."""
    details = [each for child in children for each in child.details]
    assessments = [each for detail in details for each in detail.assessments]
    enquiries = [each for detail in details for each in detail.section_47s]
    plans = [each for detail in details for each in detail.plans]
    protection = [each for detail in details for each in detail.protection_plans]
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    return Counter(
        {
            "children": len(children),
            "pupil numbers": sum(child.identifiers.upn is not None for child in children),
            "unborn": sum(child.identifiers.expected_on is not None for child in children),
            "deaths": sum(child.identifiers.died_on is not None for child in children),
            "disabilities": sum(len(child.characteristics.disabilities) for child in children if child.characteristics),
            "referrals": len(details),
            "referrals received in the year": sum(first <= each.referred_on <= last for each in details if each.referred_on),
            "no further action": sum(bool(each.is_nfa) for each in details),
            "closures": sum(each.closed_on is not None for each in details),
            "assessments": len(assessments),
            "assessments authorised": sum(each.authorised_on is not None for each in assessments),
            "factors": sum(len(each.factors) for each in assessments),
            "section 47s": len(enquiries),
            "conferences": sum(each.conference_on is not None for each in enquiries)
            + sum(each.conference_on is not None for each in details),
            "plans": len(plans),
            "plans open": sum(each.ended_on is None for each in plans),
            "protection plans": len(protection),
            "protection plans open": sum(each.ended_on is None for each in protection),
            "reviews": sum(len(each.reviews) for each in protection),
            "pre-proceedings": sum(len(each.pre_proceedings) for each in details),
        }
    )


@settings(max_examples=30, deadline=None)
@given(year=st.sampled_from(YEARS), children=st.integers(1, 40), seed=st.integers(0, 10_000), words=st.booleans())
def test_a_valid_file_has_no_faults_and_is_counted_as_it_was_written(tmp_path_factory, year, children, seed, words):
    path = tmp_path_factory.mktemp("cin") / "census.xml"
    tally = written(path, year=year, children=children, seed=seed, words_for_booleans=words)
    found, faults = read(path)
    assert faults == []
    assert +counted(found, year) == +tally


@pytest.mark.parametrize("year", YEARS)
def test_a_file_of_every_year_is_read(tmp_path, year):
    path = tmp_path / "census.xml"
    tally = written(path, year=year, children=150, seed=year)
    census = CensusFile.open(path, expected_authority="318", expected_year=year)
    found, faults = read(path)
    assert faults == []
    assert +counted(found, year) == +tally
    assert (census.header.year, census.header.reference_date, census.children) == (year, date(year, 3, 31), 150)


def test_gender_of_older_years_is_read_as_sex(tmp_path):
    path = tmp_path / "census.xml"
    written(path, year=2023, children=300)
    assert b"<GenderCurrent>9<" in path.read_bytes() and b"<Sex>" not in path.read_bytes()
    found, _ = read(path)
    assert {child.identifiers.sex for child in found} == {"M", "F", "U", "I"}


def test_a_child_is_read_whole(tmp_path):
    path = tmp_path / "census.xml"
    path.write_text(WHOLE)
    (child,), faults = read(path)
    assert faults == []
    assert child.identifiers.la_child_id == "C000000006"
    assert child.identifiers.upn == "E318000000006"
    assert child.identifiers.born_on == date(2016, 2, 11)
    assert child.characteristics and child.characteristics.disabilities == ("AUT", "LD")
    (referral,) = child.details
    assert (referral.referred_on, referral.source, referral.need, referral.is_nfa) == (date(2025, 6, 2), "6", "N1", False)
    (assessment,) = referral.assessments
    assert (assessment.started_on, assessment.authorised_on, assessment.factors) == (date(2025, 6, 3), date(2025, 7, 3), ("3B", "17A"))
    (enquiry,) = referral.section_47s
    assert (enquiry.conference_on, enquiry.is_conference_not_required) == (date(2025, 6, 24), False)
    (plan,) = referral.protection_plans
    assert (plan.initial_category, plan.earlier_plans, [review.held_on for review in plan.reviews]) == (
        "EMO",
        0,
        [date(2025, 9, 17), date(2026, 3, 4)],
    )
    assert referral.closed_on is None and child.identifiers.died_on is None


def test_reviews_may_stand_in_one_list_or_in_one_list_each(tmp_path):
    together, apart = tmp_path / "together.xml", tmp_path / "apart.xml"
    together.write_text(WHOLE)
    apart.write_text(WHOLE.replace("</CPPreviewDate><CPPreviewDate>", "</CPPreviewDate></Reviews><Reviews><CPPreviewDate>"))
    for path in (together, apart):
        (child,), faults = read(path)
        assert faults == [] and len(child.details[0].protection_plans[0].reviews) == 2


def test_spacing_comments_and_an_empty_element_change_nothing(tmp_path):
    plain, spaced = tmp_path / "plain.xml", tmp_path / "spaced.xml"
    plain.write_text(WHOLE)
    spaced.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("><", ">\r\n\t<!-- a note --><").replace("<Sex>F<", "<Sex> F <").encode())
    (one,), (other,) = read(plain)[0], read(spaced)[0]
    assert one.sha256 == other.sha256
    empty = tmp_path / "empty.xml"
    empty.write_text(WHOLE.replace("</PrimaryNeedCode>", "</PrimaryNeedCode><CINclosureDate/><ReasonForClosure> </ReasonForClosure>"))
    (child,), faults = read(empty)
    assert faults == [] and child.details[0].closed_on is None


def test_a_child_that_changed_has_another_hash(tmp_path):
    plain, changed = tmp_path / "plain.xml", tmp_path / "changed.xml"
    plain.write_text(WHOLE)
    changed.write_text(WHOLE.replace("2025-07-03", "2025-07-04"))
    assert read(plain)[0][0].sha256 != read(changed)[0][0].sha256


def test_the_line_of_a_child_is_exact_beyond_the_sixty_five_thousandth(tmp_path):
    path = tmp_path / "census.xml"
    written(path, year=2025, children=2100)
    starts = [number for number, line in enumerate(path.read_text().splitlines(), start=1) if line == "<Child>"]
    assert starts[-1] > 65_536
    assert [child.line for child in read(path)[0]] == starts


WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>318</LEA><SerialNo>001</SerialNo></Source></Header>
<Children><Child>
<ChildIdentifiers><LAchildID>C000000006</LAchildID><UPN>E318000000006</UPN><PersonBirthDate>2016-02-11</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>AUT</Disability><Disability>LD</Disability></Disabilities></ChildCharacteristics>
<CINdetails><CINreferralDate>2025-06-02</CINreferralDate><ReferralSource>6</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>
<Assessments><AssessmentActualStartDate>2025-06-03</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-07-03</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>17A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
<Section47><S47ActualStartDate>2025-06-05</S47ActualStartDate><InitialCPCtarget>2025-06-26</InitialCPCtarget><DateOfInitialCPC>2025-06-24</DateOfInitialCPC>
<ICPCnotRequired>0</ICPCnotRequired></Section47><ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2025-06-24</CPPstartDate><InitialCategoryOfAbuse>EMO</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>2025-09-17</CPPreviewDate><CPPreviewDate>2026-03-04</CPPreviewDate></Reviews></ChildProtectionPlans>
</CINdetails></Child></Children></Message>
"""
