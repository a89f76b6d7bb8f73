"""Draws templates in tests as a page would be drawn."""

from typing import Any

from django.template import engines
from django.test import RequestFactory


def draw(source: str, **context: Any) -> str:
    """The HTML of a template given as words, with a request behind it."""
    request = RequestFactory().get("/")
    return engines["jinja2"].from_string(source).render(context, request)
