"""The body of a table, drawn at once: a page of figures has over a thousand cells, and a macro for each is most of its time."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape


def table_body(columns: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[Any]], row_heading: bool) -> Markup:
    """Rows of cells in column order; `columns`, and what a cell may be, as `data_table` says. The first cell heads its row."""
    tags = ["td"] * len(columns)
    if row_heading:
        tags[:1] = ["th"]
    opening = [
        f'<{tag}{" scope=row" if tag == "th" else ""} class="{"gt-numeric" if column.get("numeric") else ""}"'
        f' data-heading="{escape(column["text"])}">'
        for tag, column in zip(tags, columns, strict=True)
    ]
    drawn = []
    for row in rows:
        cells = "".join(f"{opening[at]}{_words(cell)}</{tags[at]}>" for at, cell in enumerate(row))
        drawn.append(f"<tr data-row>{cells}</tr>")
    return Markup("\n".join(drawn))  # noqa: S704  every cell was escaped where it was made


def _words(cell: Any) -> str:
    if cell is None:
        return '<span class="gt-quiet">not known</span>'
    if not isinstance(cell, dict):
        return escape(cell)
    words, href, note = escape(cell["words"]), cell.get("href"), cell.get("note")
    said = f'<a class="gt-name" href="{escape(href)}">{words}</a>' if href else words
    return f'{said} <span class="gt-cell-note">{escape(note)}</span>' if note else said
