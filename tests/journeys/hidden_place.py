"""A home that one father must never find, and the ways in which anything might reach him. Each way yields what it gives, to be searched.

A further way out is a function of the newcomer and the `Hidden`, added to `WAYS_OUT`: it yields a `Given` for
every name, page, file and header that leaves the house by it.
"""

import email
import email.policy
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pypdf import PdfReader

from goldthread.core.people.actions import set_contact_point
from goldthread.core.people.facts import Reach
from goldthread.core.people.models import Person
from goldthread.core.records.models import Record
from goldthread.ground.access.models import User
from goldthread.ground.audit.acting import acting
from goldthread.pathway.letters.actions import Decision, NotSo, decide, recipient_of
from goldthread.pathway.letters.declared import kind_named
from goldthread.pathway.meeting import jobs
from goldthread.pathway.meeting.links.mailing import link_address
from goldthread.pathway.meeting.models import Link
from tests.journeys.walking import Newcomer

HOME = ("Harbour House", "12 Lantern Walk", "HW3 4AB")
GIVES_IT_AWAY = (
    "St Bride’s Primary",
    "Wexcombe School Nursing",
    "Mill Lane Surgery",
    "Little Lantern Nursery",
    "Bronagh Kelly",
    "Dr Salim Haq",
)
VENUE = "The Old Library, Cooper Row"


@dataclass
class Hidden:
    """The family, its records, and the e-mail that went out."""

    people: dict[str, Person]
    discussion: Record
    conference: Record
    plan: Record
    outbox: Path
    figures: dict[int, str] = field(default_factory=dict)  # of each link: told by voice, never written

    @property
    def father(self) -> Person:
        return self.people["Declan"]


@dataclass
class Given:
    """One thing somebody holds in their hand: what it is, what it says, and whether the place of a meeting may stand in it."""

    what: str
    says: str
    may_say_where_to_meet: bool = False


def squeezed(text: str) -> str:
    """Nothing but letters and figures, however it is escaped, spaced or written in capitals."""
    return re.sub(r"[\W_]+", "", html.unescape(text)).casefold()


def found_in(given: Given) -> list[str]:
    """What of the hidden home this tells."""
    words = [*HOME, *GIVES_IT_AWAY, *(() if given.may_say_where_to_meet else (VENUE,))]
    said = squeezed(given.says)
    return [word for word in words if squeezed(word) in said]


def copies_of_the_plan(newcomer: Newcomer, hidden: Hidden) -> Iterator[Given]:
    """On the screen, in the source of the page, on paper; for all his children and for one."""
    newcomer.sign_in_as("Social Worker")
    newcomer.go(f"/record/{hidden.plan.reference}/")
    page = newcomer.page
    links = page.get_by_role("link", name=re.compile("The copy for Declan")).all()
    addresses = [str(link.get_attribute("href")) for link in links]
    assert addresses, "he has a copy"
    for address in addresses:
        newcomer.go(address)
        newcomer.sees("For Declan Byrne")
        newcomer.sees("[withheld]")  # somebody was careless, and the copy was not
        yield Given(f"address of {address}", page.url)
        yield Given(f"source of {address}", page.content())
        page.emulate_media(media="print")
        yield Given(f"paper of {address}", page.locator("body").inner_text())
        yield Given(f"name that the browser gives the file of {address}", page.title())
        page.emulate_media(media="screen")


def e_mail(newcomer: Newcomer, hidden: Hidden) -> Iterator[Given]:
    """Every message as it leaves: each header, each part, each file with its name; and the demo's own page of them."""
    with acting(system="test"):
        for link in Link.objects.filter(ended_at=None).order_by("pk"):
            jobs.mail(link=link.pk)
    sorts = set()
    files = sorted(hidden.outbox.glob("*.log"))
    assert files, "e-mail went out"
    for file in files:
        for raw in file.read_bytes().split(b"-" * 79 + b"\n"):
            if not raw.strip():
                continue
            message = email.message_from_bytes(raw.lstrip(), policy=email.policy.default)
            yield Given("headers of an e-mail", "\n".join(f"{name}: {value}" for name, value in message.items()))
            assert "declan" not in squeezed(str(message["To"])), "nothing is written to family"
            for part in message.walk():
                sorts.add(part.get_content_type())
                if not part.is_multipart():
                    yield Given(f"{part.get_content_type()} of an e-mail", str(part.get_content()))
                    yield Given("name of a file of an e-mail", f"{part.get_filename()} {part.items()}")
    assert "text/calendar" in sorts, "a calendar file went with them"
    newcomer.sign_in_as("Social Worker")
    newcomer.go("/meeting/outbox/")
    yield Given("what would have gone out", newcomer.page.locator("main").inner_html())


def pages_behind_links(newcomer: Newcomer, hidden: Hidden) -> Iterator[Given]:
    """With the link alone; and with its figures too, as somebody who looks over a partner's shoulder."""
    page = newcomer.page
    page.context.clear_cookies()
    for link in Link.objects.filter(ended_at=None).select_related("invitee").order_by("pk"):
        address = re.sub(r"^https?://[^/]+", "", link_address(link))
        newcomer.go(address)
        yield Given("page of a link", page.content())
        page.locator("[name=figures]").fill(hidden.figures[link.pk])
        page.get_by_role("button").last.click()
        page.wait_for_load_state()
        newcomer.sees("Reference")
        yield Given("page of a link and its figures", page.content(), may_say_where_to_meet=True)


def chronologies(newcomer: Newcomer, hidden: Hidden) -> Iterator[Given]:
    """Taken out for a court, with everything that may be ticked: a file with its name, and paper."""
    newcomer.sign_in_as("Social Worker")
    for child in ("Oisín", "Niall"):
        address = f"/child/{hidden.people[child].reference}/chronology/export/?with=police&with=medical&with=referrer"
        columns = "&".join(f"column={one}" for one in ("date", "time", "kind", "what", "words", "children", "by", "written", "reference"))
        for kind in ("csv", "print"):
            answer = newcomer.page.request.get(f"{newcomer.home}{address}&{columns}&as={kind}")
            assert answer.ok, f"{address} answered {answer.status}"
            yield Given(f"{kind} of the chronology of {child}", answer.text())
            yield Given(f"headers of the {kind} of {child}", str(answer.headers))


def letters(newcomer: Newcomer, hidden: Hidden) -> Iterator[Given]:
    """What was decided, as a letter to him: its words, what stands in the file unseen, its name; careless words are refused before."""
    kind, by = kind_named("conference_outcome"), User.objects.get(username="social_worker")
    assert kind is not None
    recipient = recipient_of(kind, hidden.conference, hidden.father.reference)
    assert recipient is not None, "letters about the conference go to him"
    child = (hidden.people["Oisín"].reference,)
    with acting(by):
        set_contact_point(person=hidden.father, reach=Reach(kind="phone", value="07700 900333", is_safe=True))
        for careless in (HOME[0], HOME[2].lower(), *GIVES_IT_AWAY, VENUE):
            with pytest.raises(NotSo, match="must not stand"):
                said = Decision(child, "by_hand", own_words=f"They are near {careless}.")
                decide(kind=kind, record=hidden.conference, recipient=recipient, decision=said, by=by)
        decide(kind=kind, record=hidden.conference, recipient=recipient, decision=Decision(child, "by_hand"), by=by)
    newcomer.sign_in_as("Social Worker")
    address = f"/letters/{hidden.conference.reference}/{kind.name}/{hidden.father.reference}/read/"
    answer = newcomer.page.request.get(newcomer.home + address)
    assert answer.headers["content-type"] == "application/pdf"
    yield Given("headers and name of the letter", f"{address} {answer.headers}")
    read = PdfReader(io.BytesIO(answer.body()))
    words = "\n".join(page.extract_text() for page in read.pages)
    assert "Oisín" in words and "Niall" not in words
    yield Given("the letter", words)
    yield Given("what stands in the letter’s file unseen", f"{read.metadata} {answer.body().decode('latin-1')}")


WAYS_OUT: list[Callable[[Newcomer, Hidden], Iterator[Given]]] = [copies_of_the_plan, e_mail, pages_behind_links, chronologies, letters]
