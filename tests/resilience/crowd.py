"""Fifty people who save all the time, and remember each answer they were given."""

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PEOPLE = ("yasmin.haddad", "martin.everett", "tomasz.wrona")
SAVERS = 50
PAUSE = 0.2  # seconds between two presses of one person
NOT_THERE = (OSError, http.client.HTTPException)


@dataclass
class Answered:
    """What one person was told: the words of notes kept, contacts completed, and the last revision and number of their draft."""

    notes: list[str] = field(default_factory=list)
    perhaps: list[str] = field(default_factory=list)  # notes sent and never answered
    completed: list[str] = field(default_factory=list)
    draft: str = ""
    drafted: int = 0
    refused: int = 0  # told in plain words that it could not be saved
    unanswered: int = 0
    surprises: list[str] = field(default_factory=list)


class Browser:
    """As much of one as it takes: cookies, forms, and no patience for a server that is gone."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, fields: dict | None = None, body: str | None = None, accept: str = "text/html") -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Accept": accept}
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.cookies.get("csrftoken", "")}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            words = answer.read()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return answer.status, words
        finally:
            connection.close()

    def sign_in(self, username: str) -> None:
        self.ask("/sign-in/")
        status, _ = self.ask(f"/sign-in/as/{username}/", {})
        if status != 302:
            raise AssertionError(f"{username} could not sign in: {status}")


@dataclass
class Work:
    """What one person has before them: a child to write notes about, contacts ready to be completed, one form to write on."""

    child: str
    contacts: list[tuple[str, int, dict[str, str]]]  # reference, revision, every answer
    draft: tuple[str, int]  # reference, revision


class Crowd:
    def __init__(self, port: int, works: list[Work], seed: int) -> None:
        self.works, self.seed = works, seed
        self.browsers = [Browser(port) for _ in works]
        self.answered = [Answered() for _ in works]
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.live, args=(number,), daemon=True) for number in range(len(works))]

    def start(self) -> None:
        for number, browser in enumerate(self.browsers):
            browser.sign_in(PEOPLE[number % len(PEOPLE)])
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join(timeout=120)
            if thread.is_alive():
                raise AssertionError("Somebody still waits for an answer after two minutes.")

    def live(self, number: int) -> None:
        work, told, chance = self.works[number], self.answered[number], random.Random(self.seed * 1000 + number)
        browser = self.browsers[number]
        told.draft = work.draft[0]
        presses = [self.write_note, self.save_draft, self.complete]
        count, revision = 0, work.draft[1]
        while not self.is_over.is_set():
            count += 1
            press = chance.choice(presses)
            try:
                revision = press(browser, work, told, f"{self.seed}-{number}-{count}", revision)
            except NOT_THERE:
                told.unanswered += 1
                time.sleep(0.3)
            time.sleep(PAUSE * chance.random())

    def write_note(self, browser: Browser, work: Work, told: Answered, mark: str, revision: int) -> int:
        told.perhaps.append(f"Seen at the door, {mark}")
        status, words = browser.ask(f"/child/{work.child}/quick-note/", {"words": told.perhaps[-1]}, accept="application/json")
        if status == 200:
            told.notes.append(told.perhaps.pop())
        else:
            self.not_kept(told, status, words, "note", mark)
        return revision

    def save_draft(self, browser: Browser, work: Work, told: Answered, mark: str, revision: int) -> int:
        count = int(mark.rpartition("-")[2])
        body = json.dumps({"revision": revision, "answers": {"caller_words": f"The neighbour rang again ({count})"}})
        status, words = browser.ask(f"/record/{work.draft[0]}/record/draft", body=body, accept="application/json")
        if status == 200:
            told.drafted = count
        if status in (200, 409):  # 409: an earlier press that was never answered had been saved after all
            return int(json.loads(words)["revision"])
        self.not_kept(told, status, words, "draft", mark)
        return revision

    def complete(self, browser: Browser, work: Work, told: Answered, mark: str, revision: int) -> int:
        if not work.contacts:
            return self.write_note(browser, work, told, mark, revision)
        reference, begun, answers = work.contacts[-1]
        status, words = browser.ask(f"/record/{reference}/record/", {"revision": begun, "press": "complete", **answers})
        if status == 302:
            told.completed.append(reference)
            work.contacts.pop()
        elif status in (404, 409, 410):  # an earlier press that was never answered had completed it
            work.contacts.pop()
        else:
            self.not_kept(told, status, words, "contact", mark)
        return revision

    def not_kept(self, told: Answered, status: int, words: bytes, what: str, mark: str) -> None:
        if status == 503:
            told.refused += 1
            time.sleep(0.3)
        else:
            told.surprises.append(f"{what} {mark}: {status} {words[:300]!r}")
