"""Words on their way to a page."""

from datetime import date

from markupsafe import Markup

from goldthread.ground.design.chronological import by_year_and_month
from goldthread.ground.design.words import counted, curly, listed, slug


def test_quotation_marks_curl_the_way_they_face():
    assert curly("She said \"I don't\" and 'no'") == "She said \u201cI don\u2019t\u201d and \u2018no\u2019"
    assert curly('("here")') == "(\u201chere\u201d)"


def test_markup_is_left_as_it_is():
    assert curly(Markup('<a href="/">x</a>')) == '<a href="/">x</a>'


def test_names_are_listed_as_they_are_said():
    assert [listed(names) for names in ([], ["Ama"], ["Ama", "Kofi"], ["Ama", "Kofi", "Esi"])] == [
        "",
        "Ama",
        "Ama and Kofi",
        "Ama, Kofi and Esi",
    ]


def test_one_child_and_several_children():
    assert [counted(1, "child", "children"), counted(1204, "contact"), counted(0, "visit")] == ["1 child", "1,204 contacts", "0 visits"]


def test_a_slug_holds_letters_digits_and_hyphens():
    assert slug("Waiting on others!") == "waiting-on-others"


def test_entries_are_grouped_by_year_and_month_and_keep_their_order():
    days = [date(2026, 3, 3), date(2026, 3, 1), date(2026, 2, 9), date(2025, 3, 1)]
    grouped = by_year_and_month([{"on": day} for day in days])
    assert [(year, [(month, len(entries)) for month, entries in months]) for year, months in grouped] == [
        (2026, [("March", 2), ("February", 1)]),
        (2025, [("March", 1)]),
    ]
