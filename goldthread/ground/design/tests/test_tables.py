"""A table drawn at once says what it was given, and nothing of it becomes markup."""

from goldthread.ground.design.tables import table_body

HOSTILE = '"><script>alert(1)</script>'


def test_a_cell_is_words_a_link_with_a_note_or_not_known():
    columns = [{"text": "Agency"}, {"text": "Came", "numeric": True}]
    cell = {"words": "12", "href": "/dashboard/?line=1&column=video", "note": "of 14"}
    html = str(table_body(columns, [["Police", cell], ["Health", None]], row_heading=True))
    assert '<th scope=row class="" data-heading="Agency">Police</th>' in html
    assert '<td class="gt-numeric" data-heading="Came"><a class="gt-name" href="/dashboard/?line=1&amp;column=video">12</a>' in html
    assert '<span class="gt-cell-note">of 14</span>' in html
    assert html.count("<tr data-row>") == 2 and "not known" in html


def test_nothing_typed_into_a_table_becomes_markup():
    cell = {"words": HOSTILE, "href": HOSTILE, "note": HOSTILE}
    html = str(table_body([{"text": HOSTILE}, {"text": "b"}], [[HOSTILE, cell]], row_heading=False))
    assert "<script" not in html and 'href="">' not in html
    assert html.count("&lt;script&gt;") == 5, "the heading, the first cell, and the link, words and note of the second"
