"""Every written file is valid by the schema of its year; the schema's codes are those of the code lists."""

from pathlib import Path

import pytest
from lxml import etree

from goldthread.ground.boot.settings import CHECKOUT
from goldthread.ground.codes import codes
from goldthread.out.exchange.cin.tests.test_importing import quietly
from goldthread.out.exchange.cin.tests.test_reading_sound_files import WHOLE, written
from goldthread.out.returns.cin.schema import HERE, schema
from goldthread.out.returns.cin.tests.test_round_trip import exported

XS = "{http://www.w3.org/2001/XMLSchema}"
SHARED = CHECKOUT.parent / "shared" / "returns" / "data" / "cin-2026.xsd"
LISTS = {
    "UPNunknown": "cin.upn_unknown", "Ethnicity": "ethnicity", "Disability": "cin.disability", "ReferralSource": "cin.referral_source",
    "PrimaryNeedCode": "cin.primary_need", "ReasonForClosure": "cin.closure_reason", "CategoryOfAbuse": "cin.abuse_category",
    "AssessmentFactors": "cin.assessment_factors",
}  # fmt: skip


def valid(year: int, words: bytes) -> list[str]:
    checked = schema(year)
    checked.validate(etree.fromstring(words))
    return [f"line {error.line}: {error.message}" for error in checked.error_log]


@pytest.mark.django_db
@pytest.mark.parametrize("year", range(2023, 2028))
def test_a_written_file_is_valid_by_the_schema_of_its_year(tmp_path, year):
    written(tmp_path / "census.xml", year=year, children=200, seed=2)
    quietly(tmp_path / "census.xml")
    words = exported(year)
    assert valid(year, words) == []
    other = 2026 if year < 2025 else 2023
    assert valid(other, words) != []


@pytest.mark.django_db
@pytest.mark.skipif(not SHARED.exists(), reason="the reference schema does not stand beside the project")
def test_a_file_of_2025_26_is_valid_by_the_reference_schema(tmp_path):
    written(tmp_path / "census.xml", year=2026, children=300, seed=4)
    quietly(tmp_path / "census.xml")
    reference = etree.XMLSchema(etree.parse(SHARED))
    reference.assertValid(etree.fromstring(exported(2026)))


@pytest.mark.parametrize("name", LISTS)
def test_the_schemas_codes_are_those_of_the_lists(name):
    found = etree.parse(HERE / "common.xsd").find(f"{XS}simpleType[@name='{name}']").iter(f"{XS}enumeration")
    assert {code.get("value") for code in found} == {code.code for code in codes(LISTS[name])}


def _changed(old: str, new: str) -> bytes:
    return WHOLE.replace(old, new).encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Ethnicity>WBRI</Ethnicity>", ""),
        ("WBRI", "WBRX"),
        ("C000000006", "C-6"),
        ("C000000006", "C" * 21),
        ("<CINreferralDate>2025-06-02</CINreferralDate>", "<CINreferralDate>02/06/2025</CINreferralDate>"),
        ("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>"),
        ("<ReferralNFA>0</ReferralNFA>", "<ReferralNFA>false</ReferralNFA>"),
    ],
)
def test_what_the_format_refuses_the_schema_refuses(old, new):
    assert valid(2026, WHOLE.encode()) == []
    assert valid(2026, _changed(old, new)) != []


def test_the_schema_says_what_is_not_confirmed():
    words = "".join(Path(path).read_text(encoding="utf-8") for path in HERE.glob("*.xsd"))
    assert words.count("UNCONFIRMED") >= 5
