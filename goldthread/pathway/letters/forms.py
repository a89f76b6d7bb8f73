"""What is asked about one person's letter, and how the answers are read."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.documents import actions as documents
from goldthread.core.documents.actions import NotSo
from goldthread.core.documents.models import BY_HAND, NO_LETTER, POST, SECURE_EMAIL, WAYS, Addressee, Letter
from goldthread.core.documents.queries import Ways
from goldthread.core.records.models import Record
from goldthread.pathway.letters.actions import Decision
from goldthread.pathway.letters.composing import called, has_secrets, may_be_told_of
from goldthread.pathway.letters.declared import LetterKind, Recipient
from goldthread.pathway.meeting.forms import Small, asked, day_parts
from goldthread.pathway.meeting.models import Arrangement
from goldthread.pathway.queries import adults_around, children_of
from goldthread.pathway.questions import TODAY, Day, Unreadable

ON = Day("On which day?", prefill=TODAY)
NEWS = [("arrived", "It arrived"), ("acknowledged", "They said that they have it"), ("came_back", "It came back")]
NOT_ON_PAPER = "Not on paper: somebody tells them in person"


def posted(ways: Ways) -> list[tuple[str, str]]:
    """Each answer carries the stay it was given about: said of one home, it holds for no other."""
    row = ways.post.row if ways.post else None
    return [(f"yes-{row}", "Yes, post to them there is safe"), (f"no-{row}", "No: nothing may be posted there")] if row else []


def way_options(ways: Ways) -> list[tuple[str, str]]:
    """Those that are known to be safe, and post while nobody has asked yet."""
    found = []
    if ways.post is not None and ways.is_post_safe is not False:
        found.append((POST, f"{WAYS[POST]}, to {ways.post.address}"))
    found += [
        (way, WAYS[way])
        for way in (BY_HAND, SECURE_EMAIL)
        if ways.allows(way) or (way == BY_HAND and ways.post and ways.is_post_safe is None)
    ]
    return [*found, (NO_LETTER, NOT_ON_PAPER)]


def decision_questions(
    kind: type[LetterKind], record: Record, recipient: Recipient, ways: Ways, kept: Addressee | None, typed: Any
) -> list[dict[str, Any]]:
    """Nobody is ticked beforehand: parental responsibility alone releases nothing."""
    children = children_of(record)
    told = may_be_told_of(recipient.person, children)
    chosen = typed.getlist("children") if typed is not None else (kept.children if kept else [])
    may = [(child.reference, str(child) if not child.is_unborn else f"{child} ({called(child)})") for child, why in told if not why]
    not_these = " ".join(f"{child}: {why}" for child, why in told if why)
    fields = [
        asked("children", "many", "Which children may they be told of?", chosen, options=may, needed=True,
              hint=f"Somebody decides it for each child. Parental responsibility alone releases nothing, and its absence keeps nobody out. {not_these}".strip()),
    ]  # fmt: skip
    if ways.post is not None and ways.is_post_safe is None:
        fields += [
            asked("post", "one", f"Is post to them at {ways.post.address} safe?", _said(typed, "post"), options=posted(ways),
                  hint="Somebody else there may open it, or watch the door. Ask them, where nobody listens."),
            asked("post_said", "line", "Who says so?", _said(typed, "post_said"), hint="Needed where you answer the question before."),
        ]  # fmt: skip
    fields.append(
        asked("way", "one", "Which way does it go?", _said(typed, "way", kept and kept.way), options=way_options(ways), needed=True)
    )
    return fields + [_own(name, record, recipient, kept, typed) for name in kind.asks.get(recipient.standing, ())]


def _own(name: str, record: Record, recipient: Recipient, kept: Addressee | None, typed: Any) -> dict[str, Any]:
    """A question about this letter alone, with what is known of it already."""
    before = getattr(kept, name) if kept else None
    if name == "own_time":
        return asked("own-time", "line", "At what time do they come?", _said(typed, "own-time", f"{before:%H:%M}" if before else ""), needed=True,
                     hint="Theirs alone, such as 14:30. The letter does not tell when the others come.")  # fmt: skip
    if name == "come_to":
        return _place(record, recipient, _said(typed, name, before))
    if name == "reach_us":
        return asked(name, "words", "How is this person heard?", _said(typed, name, before), rows=3, needed=True,
                     hint="Whom they ring or write to, or who comes to see them, and until when. Nothing that tells where or when the others meet.")  # fmt: skip
    return asked(name, "words", "Is there something to say to this person alone?", _said(typed, name, before), rows=3,
                 hint="In words they would use. It stands in their letter and in no other. It may name nobody but them and the children ticked.")  # fmt: skip


def _place(record: Record, recipient: Recipient, before: Any) -> dict[str, Any]:
    children = children_of(record)
    if has_secrets([*children, *adults_around(children), recipient.person], localdate()):
        return asked("come_to", "line", "Where do they come?", "", locked=True, locked_words=(
            "Somebody here lives where another must not know: no letter says where you meet. It says that you tell them yourselves."))  # fmt: skip
    arranged = Arrangement.objects.filter(record=record).values_list("joining", flat=True).first()
    return asked(
        "come_to",
        "line",
        "Where do they come?",
        before or arranged or "",
        hint="As it stands in the letter. Check it: it was written for those who work here.",
    )


def _said(typed: Any, name: str, before: Any = "") -> Any:
    return typed.get(name, "") if typed is not None else before or ""


def decision_from(form: Small, recipient: Recipient, ways: Ways, by: Any) -> Decision | None:
    """What was posted; what was said of post is kept at once. None, with problems, where something is missing."""
    children = form.request.POST.getlist("children")
    if form.text("post"):
        _say_of_post(form, recipient, ways)
    way = form.chosen("way", way_options(ways))
    if way is None:
        form.problems.append(("way", "Choose the way it goes, or that somebody tells them in person."))
    if way not in (None, NO_LETTER) and not children:
        form.problems.append(("children", "Tick at least one child, or say that somebody tells them in person."))
    at = None
    try:
        at = ON.read_time(form.request.POST, "own")
    except Unreadable as unreadable:
        form.problems.append(("own-time", str(unreadable)))
    if form.problems or way is None:
        return None
    return Decision(tuple(children), way, at, form.text("come_to"), form.text("reach_us"), form.text("own_words"))


def _say_of_post(form: Small, recipient: Recipient, ways: Ways) -> None:
    said = form.chosen("post", posted(ways))
    if said is None or ways.post is None or ways.post.row is None:
        form.problems.append(("way", "Where they live has changed since you opened this: look at the ways again."))
        return
    is_safe, who_says = said.startswith("yes"), form.text("post_said") or ""
    try:
        documents.say_of_post(person=recipient.person, row=ways.post.row, is_safe=is_safe, who_says=who_says)
    except NotSo as refused:
        form.problems.append(("post_said", str(refused)))


def news_questions(typed: Any) -> list[dict[str, Any]]:
    return [
        asked("what", "one", "What happened?", _said(typed, "what"), options=NEWS, needed=True),
        _on(typed),
        asked("how", "one", "If they said so, how?", _said(typed, "how"), options=list(Letter.HOW.items())),
        asked("words", "line", "In a few words", _said(typed, "words"), hint="What they said, or why it came back."),
    ]


def _on(typed: Any) -> dict[str, Any]:
    parts = {part: typed.get(f"on-{part}", "") for part in ("day", "month", "year")} if typed is not None else day_parts(localdate())
    return asked("on", "day", "On which day?", parts, needed=True)


def news_from(form: Small) -> dict[str, Any] | None:
    what, on = form.chosen("what", NEWS), _day(form)
    how = form.chosen("how", list(Letter.HOW.items()))
    if what is None:
        form.problems.append(("what", "Choose what happened."))
    if what == "acknowledged" and how is None:
        form.problems.append(("how", "Choose how they said so."))
    return None if form.problems else {"what": what, "on": on, "how": how, "words": form.text("words")}


def told_questions(typed: Any) -> list[dict[str, Any]]:
    return [
        _on(typed),
        asked("words", "words", "Who told them, where, and what did they say?", _said(typed, "words"), rows=4, needed=True),
    ]


def told_from(form: Small) -> dict[str, Any] | None:
    on, words = _day(form), form.text("words")
    if words is None:
        form.problems.append(("words", "Say who told them, where, and what they said."))
    return None if form.problems else {"on": on, "words": words}


def _day(form: Small) -> date | None:
    on = form.read(ON, "on")
    if on is None and not form.problems:
        form.problems.append(("on", "Write the day."))
    return on
