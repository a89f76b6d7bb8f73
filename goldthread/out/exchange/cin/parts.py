"""Turns elements into parts after their shape, noting every fault and keeping all that is sound."""

from datetime import date
from typing import Any

from goldthread.out.exchange.cin.census import PART_REFUSED, QUERY, VALUE_UNKNOWN, Part
from goldthread.out.exchange.cin.checks import InHand, Notes
from goldthread.out.exchange.cin.shape import Inside, Several, Shape, Value
from goldthread.out.exchange.cin.stream import Node
from goldthread.out.exchange.cin.values import Unsound, shown


def read_part(node: Node, shape: Shape, notes: Notes) -> Part | None:
    """The part, or None when its key could not be had and nothing in it stands alone."""
    part = InHand(node.name, node.line, shape, notes)
    note_stray_text(node, notes)
    _note_order(node, shape.places, notes)
    for inner in node.parts:
        item = shape.items.get(inner.name)
        if item is None:
            note_unknown_element(inner, node.name, notes)
        elif isinstance(item, Value):
            _take_value(part, inner, item)
        elif isinstance(item, Several):
            _take_several(part, inner, item)
        else:
            take_inside(part, inner, item)
    for check in shape.checks:
        check(part)
    _note_missing(part)
    if shape.key and shape.key not in part.values and not any(part.values.get(each) for each in shape.survivors):
        return None
    return shape.make(line=node.line, unsound=tuple(part.unsound), **part.values)


def note_stray_text(node: Node, notes: Notes) -> None:
    if node.text.strip():
        wrong = f"The words {shown(node.text.strip())} stand in {node.name} outside any element."
        notes.add(
            node.line, node.name, wrong, "Put them where they belong in the system the file came from; they are not imported.", PART_REFUSED
        )


def note_unknown_element(node: Node, inside: str, notes: Notes) -> None:
    wrong = f"{shown(node.name)} is not an element of {inside} in the census."
    notes.add(node.line, node.name, wrong, "Check its spelling and place; what it holds is not imported.", PART_REFUSED)


def take_inside(part: InHand, node: Node, item: Inside) -> None:
    """A part within the part in hand."""
    if part.notes.year not in item.years:
        _note_year(part, node, item.years)
    found = read_part(node, item.shape, part.notes)
    if found is None:
        return
    if item.is_repeated:
        part.values[item.field] = (*part.values.get(item.field, ()), found)
    elif item.field in part.values:
        part.notes.add(node.line, node.name, f"{node.name} is given twice.", "Give it once; the first is imported.", PART_REFUSED)
    else:
        part.values[item.field] = found


def _note_order(node: Node, places: dict[str, int], notes: Notes) -> None:
    latest, latest_name = -1, ""
    for inner in node.parts:
        place = places.get(inner.name, latest)
        if place < latest:
            wrong = f"{inner.name} stands after {latest_name}; the census asks for it before."
            notes.add(inner.line, inner.name, wrong, "The DfE will refuse this order. The value itself is imported.", QUERY)
        else:
            latest, latest_name = place, inner.name


def _note_year(part: InHand, node: Node, years: range) -> None:
    """The element belongs to the census of other years."""
    span = (
        f"from {years.start - 1}-{years.start % 100:02d}"
        if part.notes.year < years.start
        else f"until {years.stop - 2}-{(years.stop - 1) % 100:02d}"
    )
    wrong = f"{node.name} belongs to the census {span} only."
    part.notes.add(node.line, node.name, wrong, "Check the year of the file. The value itself is imported.", QUERY)


def _take_value(part: InHand, node: Node, item: Value) -> None:
    if part.notes.year not in item.years:
        _note_year(part, node, item.years)
    found = _value(part, node, item.field, item.read)
    if found is None:
        return
    if item.field in part.values or node.name in part.unsound:
        _note_twice(part, node, item, found)
        return
    part.values[item.field] = found
    part.lines[item.field] = node.line
    if not item.may_lie_ahead:
        _note_if_ahead(part, node, found)


def _note_twice(part: InHand, node: Node, item: Value, found: object) -> None:
    """Two values that agree are one; of two that differ nobody can say which is true."""
    if part.values.get(item.field) == found:
        part.notes.add(node.line, node.name, f"{node.name} is given twice.", "Give it once.", QUERY)
        return
    severity = part.shape.severity if item.field == part.shape.key else VALUE_UNKNOWN
    part.notes.add(node.line, node.name, f"{node.name} is given twice, with different values.", "Give the right one, once.", severity)
    part.values.pop(item.field, None)
    if node.name not in part.unsound:
        part.unsound.append(node.name)


def _take_several(part: InHand, node: Node, item: Several) -> None:
    note_stray_text(node, part.notes)
    if item.field in part.lines and not item.is_repeated:
        part.notes.add(node.line, node.name, f"{node.name} is given twice.", "Give it once, with all its codes; all are imported.", QUERY)
    part.lines.setdefault(item.field, node.line)
    taken = list(part.values.get(item.field, ()))
    for inner in node.parts:
        if inner.name != item.inner:
            note_unknown_element(inner, node.name, part.notes)
            continue
        found = _value(part, inner, item.field, item.read)
        if found is None:
            continue
        _note_if_ahead(part, inner, found)
        if item.make:
            taken.append(item.make(inner.line, found))
        elif found in taken:
            part.notes.add(inner.line, inner.name, f"{shown(str(found))} is given twice.", "Give it once.", QUERY)
        else:
            taken.append(found)
    part.values[item.field] = tuple(taken)


def _value(part: InHand, node: Node, field: str, read: Any) -> object:
    """The value, or None when the element is empty or unsound."""
    for inner in node.parts:
        note_unknown_element(inner, node.name, part.notes)
    text = node.text.strip()
    if not text:
        return None
    try:
        return read(text)
    except Unsound as problem:
        is_key = field == part.shape.key
        wrong = f"{problem.what_is_wrong} {part.shape.without_key}" if is_key else problem.what_is_wrong
        part.notes.add(node.line, node.name, wrong, problem.what_to_do, part.shape.severity if is_key else VALUE_UNKNOWN)
        part.unsound.append(node.name)
        return None


def _note_if_ahead(part: InHand, node: Node, found: object) -> None:
    if isinstance(found, date) and found > part.notes.reference_date:
        wrong = f"{found} lies after the end of the census year, {part.notes.reference_date}."
        part.notes.add(node.line, node.name, wrong, "Check the date. It is imported as it stands.", QUERY)


def _note_missing(part: InHand) -> None:
    for name, item in part.shape.needed:
        if item.field in part.values or part.notes.year not in item.years:
            continue
        if name in part.unsound or any(part.shape.items[each].field == item.field for each in part.unsound if each in part.shape.items):
            continue
        if item.field == part.shape.key:
            wrong, severity = f"{name} is missing. {part.shape.without_key}", part.shape.severity
        else:
            wrong, severity = f"{name} is missing, and stays unknown.", QUERY
        part.notes.add(part.line, name, wrong, f"Give {name} in the system the file came from.", severity)
