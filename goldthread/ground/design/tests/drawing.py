"""Draws templates in tests as a page would be drawn."""

from typing import Any
from unittest.mock import patch

from django.template import engines
from django.test import RequestFactory

from goldthread.ground.design import frame


def draw(source: str, **context: Any) -> str:
    """The HTML of a template given as words, with a request behind it. The frame is the test's own or bare: no room above has a say here."""
    request = RequestFactory().get("/")
    provider = frame._provider if frame._provider.__module__.startswith("goldthread.ground.") else frame.bare
    with patch.object(frame, "_provider", provider):
        return engines["jinja2"].from_string(source).render(context, request)
