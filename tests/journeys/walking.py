"""A newcomer at the keyboard: signs in with one click, fills forms by their labels, presses buttons by their words."""

import re
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page, expect

from goldthread.face.web.tests.pages import code_now


class Newcomer:
    """Walks the product in a real browser. Every page must answer; a page that says it went wrong ends the walk."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        page.set_default_timeout(20_000)

    def sign_in_as(self, name: str) -> None:
        self.page.context.clear_cookies()
        self.go("/sign-in/")
        self.page.get_by_role("button", name=name).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("My work")

    def set_up_an_app(self) -> None:
        """The second step of a first sign-in: an app that gives codes, whose secret is typed from the page."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Set up a second step")
        self.page.get_by_text("Set up an app").click()
        self.write("code", code_now(self.page.locator("code").inner_text().replace(" ", "")))
        self.press("Keep it")
        self.page.get_by_text("go on").click()
        self.page.wait_for_load_state()

    def go(self, path: str) -> None:
        answer = self.page.goto(self.home + path)
        assert answer is not None and answer.ok, f"{path} answered {answer and answer.status}"

    def press(self, words: str, within: Any = None) -> None:
        (within or self.page).get_by_role("button", name=re.compile(re.escape(words))).first.click()
        self.page.wait_for_load_state()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=re.compile(re.escape(words))).first.click()
        self.page.wait_for_load_state()

    def question(self, name: str) -> Locator:
        """The inputs of a question, by the name they are posted under (which ends so, for a child's own part)."""
        return self.page.locator(f"[name='{name}'], [name$='-{name}']")

    def write(self, name: str, words: str, nth: int = 0) -> None:
        self.question(name).nth(nth).fill(words)

    def choose(self, name: str, code: str, nth: int = 0) -> None:
        """A radio, a box or an entry of a long list."""
        boxes = self.page.locator(f":is([name='{name}'], [name$='-{name}'])[value='{code}']")
        if boxes.count():
            boxes.nth(nth).check()
            return
        list_of_codes = self.page.locator(f"select:is([name='{name}'], [name$='-{name}'])").nth(nth)
        if list_of_codes.is_visible():  # no script has made a box to type in of it
            list_of_codes.select_option(code)
            return
        label = list_of_codes.locator(f"option[value='{code}']").text_content() or ""
        box = self.page.locator(f"input#{(list_of_codes.get_attribute('id') or '').removesuffix('-select')}")
        box.fill(label.strip())
        self.page.get_by_role("option", name=label.strip()).first.click()

    def day(self, name: str, when: date, nth: int = 0) -> None:
        for part, value in (("day", when.day), ("month", when.month), ("year", when.year)):
            self.question(f"{name}-{part}").nth(nth).fill(str(value))

    def wait_until_saved(self) -> None:
        expect(self.page.locator("[data-draft-status], .gt-draft__status").first).to_contain_text(
            re.compile(r"[Ss]aved at \d\d:\d\d"), timeout=10_000
        )

    def sees(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def does_not_see(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)
