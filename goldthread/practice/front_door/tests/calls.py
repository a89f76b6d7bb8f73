"""Walking a call through the pages, as each user would."""

import re
from datetime import date
from html import unescape
from typing import Any

import html5lib
from django.test import Client
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import allocate
from goldthread.core.agencies.models import Worker
from goldthread.core.people.actions import create_person
from goldthread.core.people.facts import Name
from goldthread.core.records.models import Record

TODAY = localdate()
CALL = {
    "caller_words": "Maya came in with bruises on both arms. Her little brother would not speak.",
    "how": "telephone",
    "source": "2A",
    "caller_name": "Ruth Penhaligon",
    "caller_role": "Head teacher",
    "caller_safe_call_back": "020 7946 0001",
    "caller_is_protected": "no",
    "danger_now": "no",
    "safe_now": "Both at school until three; then at home with their mother.",
    "family_told": "no",
    "why_not_told": "The head does not know who hurt her.",
    "lawful_basis": "public_task",
}


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(response: Any) -> str:
    """The page's words as they are read; the page itself must be sound."""
    html = response.content.decode()
    if response.status_code not in (301, 302) and "html" in response["Content-Type"]:
        is_sound(html)
    return unescape(html)


def is_sound(html: str) -> None:
    """Parses strictly; every id once; one h1; every link within the page leads somewhere."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    assert not parser.errors, [(error[0], error[1], html.splitlines()[error[0][0] - 1][:160]) for error in parser.errors[:3]]
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    assert len(re.findall(r"<h1[\s>]", html)) == 1
    inside = {unescape(one) for one in re.findall(r'href="#([^"]+)"', html)}
    assert inside <= set(ids), sorted(inside - set(ids))


def revision_in(html: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', html)
    assert found, "no form with a draft on this page"
    return found[1]


def part(child: Any, **answers: Any) -> dict[str, Any]:
    return {f"child-{child.reference}-{name}": value for name, value in answers.items()}


def take_call(client: Client) -> Record:
    response = client.post("/front-door/take-a-call/")
    assert response.status_code == 302
    return Record.objects.get(reference=response["Location"].split("/")[2])


def press(client: Client, record: Record, step: str, answers: dict[str, Any], how: str = "complete") -> Any:
    """Fill in a step as it stands on the page and press a button."""
    url = f"/record/{record.reference}/{step}/"
    shown = page(client.get(url))
    return client.post(url, {**answers, "revision": revision_in(shown), "press": how})


def describe(client: Client, record: Record, role: str, **typed: Any) -> str:
    """Describe one more person and look; the address of that person's page."""
    response = client.post(f"/front-door/contact/{record.reference}/people/", {"role": role})
    url = response["Location"]
    shown = page(client.get(url))
    sent = client.post(url, {**typed, "revision": revision_in(shown), "press": "look"})
    assert sent.status_code == 302, page(sent)
    return str(url)


def add_new(client: Client, url: str, **typed: Any) -> Any:
    return client.post(url, {**typed, "revision": revision_in(page(client.get(url))), "press": "new"})


def found(client: Client, url: str, person: Any) -> Any:
    return client.post(f"{url}verdict", {"person": person.reference, "verdict": "this"})


def someone(given, family, born_on=None, **rest):
    return create_person(names=[Name(given, family)], born_on=born_on, **rest)


def two_of_three(client, family):
    """A contact about Maya and Leo, with everything needed typed but not yet sent."""
    maya, leo, _, _ = family
    record = take_call(client)
    found(client, describe(client, record, "child", given="Maya", family="Adeyemi", **day("born", maya.born_on)), maya)
    found(client, describe(client, record, "child", given="Leo", family="Adeyemi", **day("born", leo.born_on)), leo)
    answers = CALL | part(maya, worry="Bruises on both of her arms", recommended="referral", recommended_why="An injury nobody explains")
    return record, answers | part(
        leo, worry="Silent and frightened in class", recommended="referral", recommended_why="He may have seen it"
    )


def sent_for_decision(client, family, **changed):
    record, answers = two_of_three(client, family)
    response = press(client, record, "record", answers | changed)
    assert response.status_code == 302, page(response)
    return record


def decide(client, record, *outcomes):
    answers = day("decided_on", TODAY)
    for child, outcome in outcomes:
        answers |= part(child, decision=outcome, decision_why=f"Because of what is known about {child} today")
    return press(client, record, "decide", answers)


def open_to_a_worker(council, child):
    allocate(child=child.pk, team=council.assessment, worker=Worker.objects.get(name="Social Worker"), on=TODAY)
