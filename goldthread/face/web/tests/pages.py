"""Fetching a page as a test does: strictly parsed, ids unique, one h1 that the title begins with, nothing inline."""

import re
from collections import Counter
from time import time
from typing import Any

import html5lib
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from goldthread.ground.audit.acting import acting

QUOTES = ('"', "'")


def signed_in(user: Any) -> Client:
    client = Client()
    with acting(user):
        client.force_login(user)
    return client


def with_an_app(user: Any) -> None:
    """Gives a user what a second step needs: an app, and recovery codes."""
    with acting(user):
        TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(user)


def a_code_of(username: str) -> str:
    """One of the user's codes that nobody has used yet."""
    kept = Authenticator.objects.get(user__username=username, type=Authenticator.Type.RECOVERY_CODES)
    return str(RecoveryCodes(kept).get_unused_codes()[0])


def set_up_an_app(client: Client) -> Any:
    """Whoever has come by a pass phrase alone sets up an app: the answer, which leads to the recovery codes."""
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get("/sign-in/yours/app/").content.decode())
    assert secret is not None
    return client.post("/sign-in/yours/app/", {"code": code_now(secret[1].replace(" ", ""))})


def code_now(secret: str) -> str:
    """What an app with this secret shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time()) // 30)))


def a_new_phrase(asks: Client, agrees: Client, worker: Any, lost: str = "phrase") -> str:
    """An administrator asks for it, another person agrees, and it is given: the temporary phrase."""
    page = f"/set-up/workers/{worker.pk}/pass-phrase/"
    asks.post(page, {"how": "Rang back on the team’s number", "lost": lost})
    way = worker.ways_back.latest("pk")
    agrees.post(f"/work/way-back/{way.pk}/", {"answer": "yes", "words": "She stood before me"})
    html = asks.post(page).content.decode()
    return html.split("Temporary pass phrase</dt>")[1].split("data-private>")[1].split("<")[0].strip()


def by_phrase(client: Client, username: str, phrase: str, **more: Any) -> Any:
    """The pass phrase, and the second step where it is asked for: the last answer."""
    answer = client.post("/sign-in/", {"username": username, "pass_phrase": phrase, **more})
    if answer.headers.get("Location") == "/sign-in/second-step/":
        answer = client.post("/sign-in/second-step/", {"code": a_code_of(username)})
    return answer


def problems_of(html: str) -> list[str]:
    """What is wrong with a page's HTML; empty when it is sound."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=False)
    page = parser.parse(html)
    found = [f"{name} at {place}" for place, name, _ in parser.errors]
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    found += [f"id {name} stands {count} times" for name, count in ids.items() if count > 1]
    headings = [heading_of(h1) for h1 in page.iter("h1")]
    title = " ".join((page.find(".//title").text or "").split()).removeprefix("Problem: ")
    if len(headings) != 1 or not title.startswith(headings[0]):
        found.append(f"title “{title}” and h1 {headings} do not agree")
    found += ["an inline script" for script in page.iter("script") if not script.get("src")]
    found += [f"a style on {element.tag}" for element in page.iter() if element.get("style") or element.tag == "style"]
    found += [f"a form without an action or method: {dict(form.attrib)}" for form in page.iter("form") if not form.get("method")]
    labels = {label.get("for") for label in page.iter("label")}
    for field in [*page.iter("input"), *page.iter("select"), *page.iter("textarea")]:
        if field.get("type") not in ("hidden", "submit") and field.get("id") not in labels and not field.get("aria-label"):
            found.append(f"{field.get('name')} has no label")
    return found


def heading_of(h1: Any) -> str:
    """Its words, without the caption above them."""
    caption = "".join("".join(span.itertext()) for span in h1.iter("span") if span.get("class") == "gt-caption")
    return " ".join("".join(h1.itertext()).removeprefix(caption).split())


def sound(client: Client, address: str, status: int = 200) -> str:
    """The page at an address, which must have this status and nothing wrong with it."""
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    html = response.content.decode()
    assert problems_of(html) == [], address
    return html
