"""What is measured of a page in a real browser: axe, and nothing beyond the edge on a desk, on a telephone and on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from goldthread.ground.design.tests import browser

DESK, TELEPHONE, PAPER = (1280, 720), (320, 640), (672, 950)  # paper: A4 less the margins of _print.scss, at 96 dots an inch
NARROW = ("target-size", "scrollable-region-focusable")

# What stands out beyond the right edge and is not inside something that scrolls by itself, or is meant for screen readers alone.
SPILLING = """() => {
  const room = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth <= room + 1) return found; // one is rounding
  for (const one of document.querySelectorAll("body *")) {
    const box = one.getBoundingClientRect();
    if (box.width && box.right > room + 1 && !one.closest(matchMedia("print").matches ? ".govuk-visually-hidden" : ".gt-scroll, .gt-chart__room, .govuk-visually-hidden")) {
      found.push(`${one.tagName.toLowerCase()}.${(one.getAttribute("class") || "").split(" ")[0]} by ${Math.round(box.right - room)}`);
    }
  }
  return found.slice(0, 3).concat(found.length ? [] : [`something by ${document.documentElement.scrollWidth - room}`]);
}"""

# Short words that are drawn over more lines than there are words: a letter or two a line.
BROKEN = """() => {
  const found = [];
  for (const one of document.querySelectorAll("label, legend, th, button, .govuk-button, .govuk-tag")) {
    const words = one.textContent.trim().split(/[\\s-]+/), range = document.createRange(), lines = new Set();
    if (!one.getClientRects().length || one.closest(".govuk-visually-hidden") || words.some((word) => word.length > 14)) continue;
    for (const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT); text.nextNode(); ) {
      range.selectNodeContents(text.currentNode);
      for (const box of range.getClientRects()) lines.add(Math.round(box.bottom / 4));
    }
    if (lines.size > words.length) found.push(words.join(" "));
  }
  return found.slice(0, 3);
}"""


@contextmanager
def a_browser(browser_type: Any, launch: dict[str, Any], pages: dict[str, str]) -> Iterator[tuple[Page, str]]:
    """A window, and the address below which the pages are served."""
    chromium = browser_type.launch(**launch)
    try:
        with browser.serving(pages) as (home, _):
            yield chromium.new_context(reduced_motion="reduce").new_page(), home
    finally:
        chromium.close()


def faults(page: Page, home: str, address: str, pictures: Path | None = None) -> list[str]:
    """Everything wrong with the page at an address, each in a few words; with `pictures`, a picture of it at each size.

    Names, roles and contrast are the same at every width: a narrow page is asked only what its width can break. A form that comes
    back with its problems is not printed, and is otherwise the form that was looked at already.
    """
    found = []
    is_again = "sent-empty" in address
    for name, (width, height) in {"desk": DESK, "telephone": TELEPHONE, "paper": PAPER}.items():
        if is_again and name == "paper":
            continue
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="print" if name == "paper" else "screen")
        if name == "desk":
            page.goto(home + address, wait_until="load")
        found += [f"spills on the {name}: {words}" for words in page.evaluate(SPILLING)]
        found += [f"breaks a word on the {name}: {words}" for words in page.evaluate(BROKEN)]
        if name == "desk" or (name == "telephone" and not is_again):
            found += [f"axe on the {name}: {words}" for words in browser.axe(page, browser.RULES if name == "desk" else NARROW)]
        if pictures:
            page.screenshot(path=pictures / f"{address.strip('/').replace('/', '-')}-{name}.png", full_page=True)
    return found
