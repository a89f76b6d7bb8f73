"""Turns elements into the parts of `items`. What cannot be read is a fault of form: told once, with its line and what to do."""

from typing import Any, TypeVar

from goldthread.out.exchange.cin.census import FileRefused
from goldthread.out.exchange.cin.stream import Node
from goldthread.out.exchange.cin.values import Unsound
from goldthread.out.exchange.cin.values import shown as quoted
from goldthread.out.returns.cin.elements import CODES, INSIDE, ONCE, PART, REVIEWS, Element, shapes
from goldthread.out.returns.cin.items import Child, Part, Review
from goldthread.out.returns.cin.judging import Failure
from goldthread.out.returns.cin.rule import Spot

P = TypeVar("P", bound=Part)
FORM = "form"  # stands in a rule's place
MOVE = "Put it where it belongs in the system the file came from."


class Reader:
    """Reads the elements under Children of one census; `line_before` is the line of the file that the words to be read follow."""

    def __init__(self, year: int, line_before: int = 0) -> None:
        self.shapes = shapes(year)
        self.line_before = line_before
        self.faults: list[Failure] = []

    def child(self, node: Node) -> Child:
        """The child; `faults` then holds what was wrong with its form."""
        self.faults.clear()
        child = self._part(node, Child)
        for name in ("ChildIdentifiers", "ChildCharacteristics"):
            if not any(inner.name == name for inner in node.parts):
                self._note(node, name, f"The child has no {name}.", "Give it; the census asks for one of each child.")
        if self.faults:
            key = child.ChildIdentifiers.LAchildID or ""
            self.faults[:] = [fault._replace(spot=fault.spot._replace(la_child_id=key)) for fault in self.faults]
        return child

    def other(self, node: Node) -> None:
        """Something between the children that is not one."""
        self.faults.clear()
        if node.name == "Header":
            raise FileRefused("The file has two headers: two files may have been joined.", self.line_before + node.line)
        if node.name:
            self._note_unknown(node, "the list of children")
        else:
            self._note(node, "", f"The words {quoted(node.text.strip())} stand between the children.", MOVE)

    def _part(self, node: Node, make: type[P]) -> P:
        values: dict[str, Any] = {}
        unreadable: list[str] = []
        latest: Element | None = None
        elements = self.shapes[make]
        if node.text and node.text.strip():
            self._note(node, node.name, f"The words {quoted(node.text.strip())} stand in {node.name} outside any element.", MOVE)
        for inner in node.parts:
            element = elements.get(inner.name)
            if element is None:
                self._note_unknown(inner, node.name)
                continue
            if latest is not None and element.place < latest.place:
                self._note(inner, element.name, f"{element.name} stands after {latest.name}; the census asks for it before.", MOVE)
            else:
                latest = element
            if element.wrong_year:
                self._note(inner, element.name, element.wrong_year, "Leave it out.")
            name = element.name
            if element.kind is ONCE and name not in values and name not in unreadable:
                value = self._value(inner, name, element.read, unreadable)
                if value is not None:
                    values[name] = value
            else:
                self._take(inner, element, values, unreadable)
        return make(line=self.line_before + node.line, unreadable=tuple(unreadable), **values)

    def _take(self, node: Node, element: Element, values: dict[str, Any], unreadable: list[str]) -> None:
        name, kind = element.name, element.kind
        if kind is ONCE or (name in values and kind is PART):
            self._note(node, name, f"{name} is given twice.", "Give it once; the first is judged.")
        elif kind is PART:
            values[name] = self._part(node, element.part)
        elif kind is CODES:
            values.setdefault(name, []).extend(self._codes(node, INSIDE[name]))
        elif kind is REVIEWS:
            values.setdefault(name, []).extend(self._reviews(node))
        else:
            values.setdefault(name, []).append(self._part(node, element.part))

    def _value(self, node: Node, name: str, read: Any, unreadable: list[str]) -> Any:
        for inner in node.parts:
            self._note_unknown(inner, name)
        text = node.text.strip()
        if not text:
            return None
        try:
            return read(text)
        except Unsound as problem:
            unreadable.append(name)
            self._note(node, name, problem.what_is_wrong, problem.what_to_do, text)
            return None

    def _codes(self, node: Node, name: str) -> list[str]:
        return [text for inner in self._inside(node, name) if (text := self._value(inner, name, str, []))]

    def _reviews(self, node: Node) -> list[Review]:
        """One element a review, or one for all: both say the same. An empty one is a review without a date."""
        element = self.shapes[Review]["CPPreviewDate"]
        found = []
        for inner in self._inside(node, element.name) or [Node(element.name, node.line, "", [])]:
            unreadable: list[str] = []
            day = self._value(inner, element.name, element.read, unreadable)
            found.append(Review(line=self.line_before + inner.line, unreadable=tuple(unreadable), CPPreviewDate=day))
        return found

    def _inside(self, node: Node, name: str) -> list[Node]:
        if node.text.strip():
            self._note(node, node.name, f"The words {quoted(node.text.strip())} stand in {node.name} outside any element.", MOVE)
        for inner in node.parts:
            if inner.name != name:
                self._note_unknown(inner, node.name)
        return [inner for inner in node.parts if inner.name == name]

    def _note_unknown(self, node: Node, inside: str) -> None:
        wrong = f"{quoted(node.name)} is not an element of {inside} in the census."
        self._note(node, node.name, wrong, "Check its spelling and place; what it holds is not judged.")

    def _note(self, node: Node, element: str, wrong: str, what_to_do: str, value: str = "") -> None:
        self.faults.append(Failure(FORM, Spot(self.line_before + node.line, "", element, value[:80]), f"{wrong} {what_to_do}"))
