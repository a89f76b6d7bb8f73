"""What a file held is in the return written from it: nothing lost, nothing changed."""

from datetime import date
from io import BytesIO

import pytest
from lxml import etree

from goldthread.out.exchange.cin.tests.test_importing import quietly
from goldthread.out.exchange.cin.tests.test_reading_sound_files import WHOLE, written
from goldthread.out.returns.cin.asked import asked
from goldthread.out.returns.cin.file import write_census
from tests.cin_files.breakages import BREAKAGES, break_file
from tests.cin_files.generator import write_census as write_file

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 1)


def exported(year: int, authority: str = "318", at: date | None = None) -> bytes:
    out = BytesIO()
    write_census(asked(year=year, authority=authority, at=at, today=TODAY), out)
    return out.getvalue()


def spelt(node: etree._Element) -> tuple:
    """An element with all it holds, whatever the order of parts of one name."""
    if not len(node):
        return (node.tag, (node.text or "").strip())
    return (node.tag, *sorted(spelt(part) for part in node if len(part) or (part.text or "").strip()))


def children(words: bytes) -> dict[str, tuple]:
    root = etree.fromstring(words)
    for plan in root.iter("ChildProtectionPlans"):  # one element a review, or one for all: both say the same
        for later in plan.findall("Reviews")[1:]:
            plan.find("Reviews").extend(list(later))
            plan.remove(later)
    return {child.findtext("ChildIdentifiers/LAchildID"): spelt(child) for child in root.iter("Child")}


def details(child: tuple) -> list[tuple]:
    return [part for part in child[1:] if part[0] == "CINdetails"]


def without(element: str, part: tuple) -> tuple:
    """The part as if nobody had asked for this element."""
    return (part[0], *(without(element, each) if isinstance(each, tuple) else each for each in part[1:] if each[0] != element))


@pytest.mark.parametrize("year", range(2023, 2028))
def test_what_a_file_held_is_in_the_return_of_the_same_year(tmp_path, year):
    written(tmp_path / "census.xml", year=year, children=400, seed=year)
    quietly(tmp_path / "census.xml")
    held, told = children((tmp_path / "census.xml").read_bytes()), children(exported(year))
    assert set(held) == set(told)
    for key in held:
        assert held[key] == told[key]


def test_yes_and_no_in_words_come_back_as_digits(tmp_path):
    with (tmp_path / "words.xml").open("wb") as out:
        write_file(out, year=2026, children=60, seed=3, words_for_booleans=True)
    written(tmp_path / "digits.xml", year=2026, children=60, seed=3)
    quietly(tmp_path / "words.xml")
    assert children((tmp_path / "digits.xml").read_bytes()) == children(exported(2026))


def test_after_five_years_every_year_still_says_what_its_own_file_said_of_each_episode(tmp_path):
    for year in range(2023, 2028):
        written(tmp_path / f"{year}.xml", year=year, children=150, seed=9)
        quietly(tmp_path / f"{year}.xml")
    for year in range(2023, 2028):
        held, told = children((tmp_path / f"{year}.xml").read_bytes()), children(exported(year))
        assert set(held) <= set(told)  # and those of whom only other years' files, cut short, tell
        for key in held:
            planned = "AssessmentInternalReviewDate"  # one that a later file tells was perhaps known before: nobody can say
            assert [without(planned, each) for each in details(held[key])] == [without(planned, each) for each in details(told[key])]


@pytest.mark.parametrize("kind", BREAKAGES)
def test_what_differs_is_what_the_import_reported_as_a_fault_and_nothing_else(tmp_path, kind):
    written(tmp_path / "sound.xml", year=2026, children=40, seed=5)
    broken = break_file(tmp_path / "sound.xml", tmp_path / "broken.xml", kind)
    quietly(tmp_path / "broken.xml")
    sound, told = children((tmp_path / "sound.xml").read_bytes()), children(exported(2026))
    differing = {key for key in sound if sound[key] != told.get(key)}
    assert differing <= {broken.la_child_id} | (set(sound) - set(told)) and len(differing) <= 2
    assert not set(told) - set(sound)


def test_nothing_is_invented_but_what_the_format_cannot_do_without(tmp_path):
    """No ethnicity is NOBT, no sex U, no word about a conference 0: each says that nobody knows."""
    bare = WHOLE.replace("<Ethnicity>WBRI</Ethnicity>", "").replace("<Sex>F</Sex>", "").replace("<ICPCnotRequired>0</ICPCnotRequired>", "")
    (tmp_path / "census.xml").write_text(bare)
    quietly(tmp_path / "census.xml")
    full = WHOLE.replace(">WBRI<", ">NOBT<").replace("<Sex>F<", "<Sex>U<")
    assert children(exported(2026)) == children(full.encode())
