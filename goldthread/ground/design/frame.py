"""What stands round every page: the authority, the way about, who is signed in, how fresh the numbers are.

Ground does not know the pages above it, so the room that does registers a function here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils import timezone

from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.standby import PRIMARY, is_read_from

PRODUCT_NAME = "Goldthread"


@dataclass(frozen=True)
class NavigationItem:
    """One way to go from the header. `count` is drawn beside the words where it is not None."""

    text: str
    href: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Frame:
    """Everything the layout needs that is not the page itself; None leaves a part out."""

    authority_name: str = ""
    is_demo: bool = False
    home_url: str = "/"
    navigation: list[NavigationItem] = field(default_factory=list)
    search_url: str | None = None
    search_words: str = ""
    user_name: str | None = None
    user_role: str = ""
    user_url: str | None = None
    sign_out_url: str | None = None
    quick_note_url: str | None = None
    footer_links: list[NavigationItem] = field(default_factory=list)
    status_words: str = ""


Provider = Callable[[HttpRequest], Frame]


def bare(request: HttpRequest) -> Frame:
    """The frame until a room registers a better one."""
    return Frame()


_provider: Provider = bare


def provided_by(provider: Provider) -> Provider:
    """Registers the function that makes the frame for a request; the last one registered stands."""
    global _provider
    _provider = provider
    return provider


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor named in the settings: what design/page.jinja asks for on every page."""
    return {
        "frame": _provider(request),
        "product_name": PRODUCT_NAME,
        "read_only_since": PRIMARY.since_in_words if is_read_from() else "",
        "kept_hours": settings.kept_hours,
        "kept_idle": getattr(request, "idle_minutes", settings.idle_minutes),
        "notices": get_messages(request),
        "drawn_at": timezone.localtime(),
    }
