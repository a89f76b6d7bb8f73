"""A list as a file: CSV for machines, a workbook for people. Neither can carry a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter
from django.http import HttpResponse
from django.utils.timezone import localdate

Cell = str | int | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """UTF-8 with its mark, so that Excel reads names as they are written."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return _file(out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}.csv")


def plain(cell: Cell) -> str | int:
    """A value that a spreadsheet shows and never runs."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


def as_xlsx(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], about: str) -> HttpResponse:
    """One sheet with its headings fixed and filters on; `about` says what the list is and when it was made."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("List")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy"})
    sheet.write_string(0, 0, about)
    for column, head in enumerate(heads):
        sheet.write_string(2, column, head, bold)
        sheet.set_column(column, column, max(12, len(head) + 4))
    last = 2
    for last, row in enumerate(rows, start=3):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(last, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(last, column, cell)
            elif cell:
                sheet.write_string(last, column, cell)
    sheet.autofilter(2, 0, last, len(heads) - 1)
    sheet.freeze_panes(3, 1)
    book.close()
    return _file(out.getvalue(), XLSX, f"{name}.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{localdate().isoformat()} {name}"'
    return response
