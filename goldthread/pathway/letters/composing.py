"""One person's letter, composed from the facts they may have; or why there is none."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from goldthread.core.agencies.queries import lead_worker_of
from goldthread.core.agencies.withholding import secrets_of
from goldthread.core.documents.models import NO_LETTER, POST, WAYS, Addressee
from goldthread.core.documents.queries import Forbidden, forbidden_for, ways_to
from goldthread.core.documents.typeset import Block, CannotBeSet, Page, pdf_of
from goldthread.core.people.models import Alert, Person, Relationship
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries import siblings_of, standing_as
from goldthread.core.records.models import Record
from goldthread.ground.access.belt import over_everyone
from goldthread.ground.boot.queries import installation
from goldthread.pathway.letters.declared import BRACKETS, Facts, LetterKind, Recipient, Value, words_of
from goldthread.pathway.queries import adults_around, children_of

SERVICE = "Children’s services"
PREGNANCY = ["pregnant", "pregnancy", "unborn", "expecting", "baby"]  # said to nobody whose letter does not tell of the unborn child


@dataclass
class Composed:
    """A letter as it would go today. `refused`: there is none, and why; `left_out` is said to the sender, never on paper."""

    page: Page | None = None
    refused: str = ""
    left_out: list[str] = field(default_factory=list)

    @property
    def made_of(self) -> str:
        """What it says, hashed; the day it is dated is not part of it."""
        assert self.page is not None
        said = asdict(self.page) | {"dated": "", "reference": ""}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    @property
    def words(self) -> str:
        if self.page is None:
            return ""
        return "\n".join([self.page.title, *self.page.address, *(block.words for block in self.page.blocks), *self.page.signed])

    def pdf(self) -> bytes:
        assert self.page is not None
        return pdf_of(self.page)


def may_be_told_of(person: Person, children: Iterable[Person]) -> list[tuple[Person, str]]:
    """Each child, with why this person's letter cannot tell of them (empty where somebody may decide that it does).

    A child nobody has named (from a census) is in no letter; nor is one who has died or was lost; nor an unborn child to
    somebody who is not known to know of the pregnancy.
    """
    children = list(children)
    is_one_of_them = person.pk in {child.pk for child in children}
    ended, know = ended_among(children), _told_of_the_pregnancy(person, children)
    found = []
    for child in children:
        if is_one_of_them and child.pk != person.pk:
            found.append((child, "A child’s own letter is about that child alone."))
        elif child.pk in ended:
            found.append((child, "Letters about this child have stopped."))
        elif child.is_unborn and child.pk not in know:
            found.append((child, f"{person} is not known to know of the pregnancy."))
        elif not child.is_unborn and not child.is_named:
            found.append((child, "This child has no name here yet."))
        else:
            found.append((child, ""))
    return found


def ended_among(people: Iterable[Person]) -> set[int]:
    """Those who have died, or were lost in pregnancy, on whichever row that was written down."""
    asked = [one.pk for one in people]
    rows = standing_as(asked)
    ended = Person.objects.filter(pk__in=list(rows)).exclude(died_on=None, pregnancy_ended_on=None).values_list("pk", flat=True)
    roots = {rows[key] for key in ended}
    return {key for key in asked if rows[key] in roots}


def _told_of_the_pregnancy(person: Person, children: list[Person]) -> set[int]:
    """The unborn among these whose mother this person is, or of whom they are known to know."""
    unborn = [child.pk for child in children if child.is_unborn]
    if not unborn:
        return set()
    rows = standing_as([*unborn, person.pk])
    me = [row for row, root in rows.items() if root == rows[person.pk]]
    ties = Relationship.objects.filter(Q(kind="mother") | Q(knows_of_pregnancy=True), person__in=list(rows), other__in=me, until_on=None)
    know = {rows[key] for key in ties.values_list("person", flat=True)}
    return {key for key in unborn if rows[key] in know}


def called(child: Person) -> str:
    return "the baby who is expected" if child.is_unborn else str(child)


def told_children(addressee: Addressee, children: list[Person]) -> list[Person]:
    may = {child.pk for child, why in may_be_told_of(addressee.person, children) if not why}
    return [child for child in children if child.reference in addressee.children and child.pk in may]


def compose(
    kind: type[LetterKind], record: Record, recipient: Recipient, addressee: Addressee, today: date | None = None, *, is_past: bool = False
) -> Composed:
    """The letter of this kind about this record to this person, or why there is none. `is_past`: as it went when it was due."""
    today = today or localdate()
    if record.state == Record.VOID:
        return Composed(refused="This record is withdrawn.")
    if why := ("" if is_past else kind.is_due(record)) or _why_none(record, recipient, addressee, today):
        return Composed(refused=why)
    children = children_of(record)
    told = told_children(addressee, children)
    adults = adults_around(children)
    hidden = has_secrets([*children, *adults, recipient.person], today)
    facts = Facts(record, recipient, addressee, told, today, lead_worker_of(child.pk for child in told), hidden)
    facts.must_not = forbidden_in(kind, facts, children, adults)
    known = {name: kind.facts[name](facts) for name in kind.allowed[recipient.standing]}
    for name, what_to_do in kind.needed.get(recipient.standing, {}).items():
        if not known[name]:
            return Composed(refused=what_to_do, left_out=facts.left_out)
    page = _page(kind, facts, known)
    if problem := problem_with(page, facts):
        return Composed(refused=problem, left_out=facts.left_out)
    return Composed(page, left_out=facts.left_out)


@over_everyone()
def has_secrets(people: list[Person], today: date) -> bool:
    """Somebody here lives where another must not know, on any row of theirs: then no letter says where we meet, or from where we ring."""
    keys = list(standing_as(one.pk for one in people))
    if secrets_of(keys, today):
        return True
    return Alert.objects.filter(holding_on(today), person__in=keys, kind="must_not_know_address").exists()


def _why_none(record: Record, recipient: Recipient, addressee: Addressee, today: date) -> str:
    person = recipient.person
    if ended_among([person]):
        return "They have died."
    if not person.is_named:
        return "They have no name here yet."
    if recipient.none:
        return recipient.none
    if addressee.decided_at is None:
        return addressee.stopped_why or "Nobody has decided yet what this letter may tell, and which way is safe."
    if addressee.way == NO_LETTER:
        return "No letter: somebody tells them in person."
    if not ways_to(person, today).allows(addressee.way):
        return "The way that was chosen is no longer known to be safe. Decide again."
    if ended_among(child for child in children_of(record) if child.reference in addressee.children):
        return "A child it told of has died, or a pregnancy has ended. Decide again."
    if not told_children(addressee, children_of(record)):
        return "Nobody has decided which child this person may be told of. Without one, there is nothing to write."
    return ""


def _page(kind: type[LetterKind], facts: Facts, known: dict[str, Value]) -> Page:
    title, paragraphs = words_of(kind)
    ours, person = installation(), facts.recipient.person
    post = ways_to(person, facts.today).post if facts.addressee.way == POST else None
    place = post.address if post else None
    blocks: list[Block] = []
    for one in paragraphs:
        if facts.recipient.standing in one.standings:
            blocks += _said(one.shape, one.words, known)
    # A heading with nothing under it says nothing.
    blocks = [
        one
        for one, after in zip(blocks, [*blocks[1:], None], strict=True)
        if one.shape != "heading" or (after and after.shape != "heading")
    ]
    authority = ours.authority if ours else SERVICE
    return Page(
        reference=facts.addressee.reference, authority=authority, service=SERVICE, dated=f"{facts.today:%-d %B %Y}", to=str(person),
        address=[line for line in (place.line1, place.line2, place.town, place.postcode) if line] if place else [],
        title=title, blocks=blocks, signed=[facts.worker.name, "Social worker", authority] if facts.worker else [SERVICE, authority],
    )  # fmt: skip


def _said(shape: str, words: str, known: dict[str, Value]) -> Iterator[Block]:
    """The paragraph with its facts; nothing where one of them is not known."""
    names = BRACKETS.findall(words)
    if any(not known.get(name) for name in names):
        return
    whole = known[names[0]] if len(names) == 1 and words == f"{{{names[0]}}}" else None
    if isinstance(whole, list):
        yield from whole
    else:
        yield Block(shape, BRACKETS.sub(lambda found: str(known[found[1]]), words))


def problem_with(page: Page, facts: Facts) -> str:
    """A second belt over the allow-list: whatever the facts say, nothing goes that names a place or a person it must not."""
    said = "\n".join([*page.address, *(block.words for block in page.blocks), *page.signed])
    if all(map(facts.may_say, facts.free)) and facts.must_not.in_letter(said) is None:
        return ""
    return "Something in it would tell where somebody lives, or name somebody whom this person may not be told of. Decide again, in other words."


def words_problem(kind: type[LetterKind], record: Record, recipient: Recipient, told: list[str], words: str) -> str:
    """Why these words, typed for one person's letter, must not stand in it; empty when they may."""
    children = children_of(record)
    facts = Facts(record, recipient, Addressee(), [child for child in children if child.reference in told], localdate())
    found = forbidden_in(kind, facts, children, adults_around(children)).in_words(words)
    return (
        f"“{found}” must not stand in this letter: it names somebody else, or tells where somebody lives or goes, or when and where others meet."
        if found
        else ""
    )


def forbidden_in(kind: type[LetterKind], facts: Facts, children: list[Person], adults: list[Person]) -> Forbidden:
    """What must not stand in this person's letter: brothers and sisters who are not in the record are looked for too."""
    family = {one.pk: one for one in [*children, *adults]}
    for found in siblings_of(children).values():
        family |= {one.person.pk: one.person for one in found}
    told = {child.pk for child in facts.children}
    others = [one for key, one in family.items() if key not in told]
    ours = installation()
    names = [ours.authority if ours else SERVICE, *([facts.worker.name] if facts.worker else [])]
    must_not = forbidden_for(facts.recipient.person, told_of=facts.children, others=others, ours=names, on=facts.today)
    must_not.places = [place for place in must_not.places if place.casefold() not in names[0].casefold()]
    must_not.places += kind.hidden(facts.record, facts.recipient)
    if any(one.is_unborn for one in others):
        must_not.names += PREGNANCY
    return must_not


def way_in_words(way: str | None) -> str:
    return WAYS.get(way or "", "No letter: told in person")


__all__ = ["CannotBeSet", "Composed", "called", "compose", "may_be_told_of", "told_children", "way_in_words", "words_problem"]
