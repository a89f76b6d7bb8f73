"""A browser that is given pages by the test itself: no server, no database, and a policy that refuses anything inline."""

import mimetypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import BrowserContext, Page, Route

from goldthread.ground.boot.settings import CHECKOUT

STATIC = (CHECKOUT / "build" / "static", Path(__file__).parents[1] / "static")
AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
HOME = "http://goldthread.test"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Answer = Callable[[Route], None]


def is_built() -> bool:
    """True where `make` has built the style sheet and fetched axe."""
    return (STATIC[0] / "design" / "goldthread.css").exists() and AXE.exists()


def give(context: BrowserContext, pages: dict[str, str], answers: dict[str, Answer] | None = None) -> None:
    """Every request of this context is answered here: static files from disk, `pages` by path, the rest by `answers`."""

    def handle(route: Route) -> None:
        path = "/" + route.request.url.split("/", 3)[3].split("?")[0].split("#")[0]
        if path.startswith("/static/"):
            found = next((root / path[8:] for root in STATIC if (root / path[8:]).is_file()), None)
            if found is None:
                route.fulfill(status=404, body="")
            else:
                route.fulfill(path=found, content_type=mimetypes.guess_type(found.name)[0] or "application/octet-stream")
        elif answers and path in answers:
            answers[path](route)
        elif path in pages:
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})
        else:
            route.fulfill(status=404, body="")

    context.route("**/*", handle)


@contextmanager
def serving(pages: dict[str, str]) -> Iterator[tuple[str, list[bytes]]]:
    """The same pages over a real connection: its address, and the bodies posted to it so far."""
    posted: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = next((root / self.path[8:] for root in STATIC if (root / self.path[8:]).is_file()), None)
            if self.path.startswith("/static/") and found:
                self.give(found.read_bytes(), mimetypes.guess_type(found.name)[0] or "application/octet-stream")
            else:
                self.give(pages.get(self.path, "").encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.give(b'{"revision": 8, "saved_at": "14:32", "open_by": []}', "application/json")

        def give(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600" if self.path.startswith("/static/") else "no-store")
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing between the tests' own lines."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", posted
    finally:
        server.shutdown()
        server.server_close()


def axe(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds wrong, one sentence to a fault; `rules` are tags of rules, or names of single ones."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", list(rules))
    return [f"{fault['id']}: {fault['help']}: {[node['target'] for node in fault['nodes'][:3]]}" for fault in found["violations"]]
