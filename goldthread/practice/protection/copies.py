"""A parent's copy of a plan: built from an allow-list, never by leaving out.

Each parent gets the children whose parent they are, what the plan says of those children alone, and that parent's own part.
What is about others, or was written for all of several children who are not all theirs, is not in it; a confidential address
and what would give it away is in nobody's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.agencies.withholding import secrets_of, withheld
from goldthread.core.people.models import Person
from goldthread.core.people.queries import parents_of
from goldthread.core.records.models import Record
from goldthread.pathway.queries import children_of, parents_covered
from goldthread.practice.protection.written_plan import WrittenPlan, WrittenPlanNeed, WrittenPlanParent

FOR_ALL = ("written_on", "lead", "what_changed", "if_unsafe")
FOR_SOME = ("written_on", "lead")  # nothing in them was written about another's child
OF_NEED = ("worry", "must_change", "how_we_know", "who_helps", "by_on", "if_not")
OF_CHILD = ("childs_view", "visit_within")
OF_PARENT = ("does", "says")
HEADINGS = {
    "worry": "What we are worried about", "must_change": "What must change", "how_we_know": "How we shall know", "who_helps": "Who will help",
    "by_on": "By when", "if_not": "What happens if it does not change", "childs_view": "What {name} wants to be different",
    "visit_within": "How often we visit", "does": "What you will do, and who helps you", "says": "What you told us about this plan",
    "written_on": "This plan holds from", "lead": "Who leads the plan", "what_changed": "What is different from the plan before",
    "if_unsafe": "What happens at once if a child is not safe",
}  # fmt: skip


@dataclass
class Block:
    """Some lines under a heading, as the family reads them."""

    heading: str
    lines: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Copy:
    """What one parent gets. `left_out` says to the author, never on paper, what this copy does not hold and why; `refused`: no copy at all."""

    parent: Person
    children: list[Person]
    blocks: list[Block] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    refused: str = ""


def theirs(parent: Person, children: Iterable[Person]) -> list[Person]:
    """Those of these children this adult is known to be a parent of: a tie nobody has confirmed releases nothing."""
    children = list(children)
    found = parents_of(children)
    return [child for child in children if any(one.person.pk == parent.pk and one.is_confirmed for one in found[child.pk])]


def copy_for(record: Record, parent: Person, only: Person | None = None) -> Copy:
    """The newest copy of the plan as this parent may have it, for all of their children or one."""
    children = children_of(record)
    own = theirs(parent, children)
    copy = Copy(parent, [child for child in own if only is None or child.pk == only.pk])
    decided = WrittenPlanParent.objects.filter(record=record, person=parent).first()
    last = record.newest_copy()
    if last is None:
        copy.refused = "The plan is still being written."
    elif decided is None or decided.gets_copy is None:
        copy.refused = f"Nobody has decided whether {parent} may have a copy."
    elif not decided.gets_copy:
        copy.refused = f"It was decided that {parent} gets no copy: {decided.why_no_copy}"
    elif not copy.children:
        copy.refused = f"{parent} is not known for certain to be a parent of a child in this plan."
    else:
        secrets = secrets_of([one.pk for one in (*children, *parents_covered(children))], localdate())
        copy.blocks = [_without(block, secrets) for block in _blocks(copy, record, last.content, children)]
        copy.left_out += _others(last.content, copy)
    return copy


def _blocks(copy: Copy, record: Record, content: dict[str, Any], children: list[Person]) -> Iterator[Block]:
    names = {child.pk: str(child) for child in copy.children}
    is_whole = {person for person, _ in _parts(content, "child")} <= set(names)
    shared = {line["question"]: line["answer"] for line in content["shared"]}
    yield _block("This plan", shared, FOR_ALL if is_whole else FOR_SOME)
    if not is_whole:
        copy.left_out.append("What was written for all the children together: not all of those it was written about are in this copy.")
    about = dict(WrittenPlanNeed.objects.filter(record=record).values_list("slot", "about"))
    inside = {child.reference for child in copy.children}
    number = 0
    for slot, part in _parts(content, "need"):
        if set(about.get(slot) or {child.reference for child in children}) <= inside:
            number += 1
            yield _block(f"{number}. What must change", part, OF_NEED)
        else:
            copy.left_out.append(f"Need {slot}: it is about a child who is not in this copy.")
    for person, part in _parts(content, "child"):
        if person in names:
            yield _block(names[person], part, OF_CHILD, names[person].split(" ")[0])
    for person, part in _parts(content, "parent"):
        if person == copy.parent.pk:
            yield _block(f"For you, {copy.parent}", part, OF_PARENT)


def _parts(content: dict[str, Any], prefix: str) -> Iterator[tuple[Any, dict[str, str]]]:
    """Whose (a person's key) or which (its number), with the answers by question."""
    for part in content["each"]:
        if part["part"] == prefix:
            which = part["person"] or int(part["name"].rsplit(" ", 1)[1])
            yield which, {line["question"]: line["answer"] for line in part["answers"]}


def _block(heading: str, answers: dict[str, str], allowed: Iterable[str], name: str = "") -> Block:
    said = [(question, answers[question]) for question in allowed if answers.get(question)]
    return Block(heading, [(HEADINGS[q].format(name=name), _often(answer) if q == "visit_within" else answer) for q, answer in said])


def _often(days: str) -> str:
    return f"Somebody sees the child at least every {days} working days." if days != "1" else "Somebody sees the child every working day."


def _without(block: Block, secrets: list[str]) -> Block:
    return Block(withheld(block.heading, secrets), [(heading, withheld(words, secrets)) for heading, words in block.lines])


def _others(content: dict[str, Any], copy: Copy) -> Iterator[str]:
    names = {child.pk for child in copy.children} | {copy.parent.pk}
    for part in content["each"]:
        if part["person"] and part["person"] not in names:
            yield f"The part about {part['name']}."


def parents_with_copies(record: Record) -> list[tuple[Person, Copy]]:
    """Each parent with what they would get; who gets none has the reason in `refused`."""
    parents = parents_covered(children_of(record))
    return [(parent, copy_for(record, parent)) for parent in parents] if record.kind == WrittenPlan.kind() else []
