"""What stands in while the server does not answer: a page that knows nobody, and the script that shows it (a service worker).

The browser keeps both, with the style sheet and the scripts of a form; nothing of a child is among them. Unsent words lie
elsewhere, sealed: docs/security/kept-in-the-browser.md.
"""

import json
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldthread.ground.design.frame import PRODUCT_NAME, Frame

AS_DRAWN = "as_drawn"
FORM_MODULES = [AS_DRAWN, "reveal", "day", "grow", "typeahead", "add_another", "drafts", "kept", "again"]
BESIDE = ["js_on.js", "start.js", "away.js", "packs.js", "keeping.js", "redraw.js", "cover.js", "goldthread.css", "thread.svg"]
VENDOR = ["govuk-frontend.min.js", "accessible-autocomplete.min.js"]


def module(name: str) -> str:
    return static(f"design/{name}.js")


def modules_when_away() -> list[str]:
    """The scripts of a form that is drawn again from what was kept of it."""
    return [module(name) for name in FORM_MODULES if name != AS_DRAWN]


@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """The page that stands in: the same for all. That its own address answers is also the sign that the server is back."""
    return HttpResponse(drawn(request))


def drawn(request: HttpRequest) -> str:
    context = {
        "frame": Frame(),
        "notices": [],
        "product_name": PRODUCT_NAME,
        "drawn_at": None,  # the browser shows it at another hour
        "csp_nonce_request": request,
    }
    return engines["jinja2"].get_template("design/away.jinja").template.render(context)  # type: ignore[attr-defined]


@require_GET
def away_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the names of what it keeps; a new version of any of them is a new worker."""
    beside = [static(f"design/{name}") for name in BESIDE] + [static(f"vendor/{name}") for name in VENDOR]
    kept = [reverse("away"), *modules_when_away(), *beside]
    script = static("design/away_worker.js")
    version = sha256(" ".join([*kept, script, drawn_words()]).encode()).hexdigest()[:12]
    words = f"const KEPT = {json.dumps(kept)};\nconst VERSION = {json.dumps(version)};\nimportScripts({json.dumps(script)});\n"
    return HttpResponse(words, content_type="text/javascript", headers={"Service-Worker-Allowed": "/"})


def drawn_words() -> str:
    """The template of the page that stands in, so that a new wording reaches browsers that keep the old."""
    source, _, _ = engines["jinja2"].env.loader.get_source(engines["jinja2"].env, "design/away.jinja")  # type: ignore[attr-defined]
    return str(source)
