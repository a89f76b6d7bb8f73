"""The figures of a dashboard, drawn: the charts and tables of what is kept are drawn once by each process that serves them."""

from datetime import date, datetime
from functools import lru_cache

from django.template.loader import render_to_string
from markupsafe import Markup

from goldthread.out.insight.actions import count
from goldthread.out.insight.kept import kept
from goldthread.out.insight.models import Population
from goldthread.out.insight.queries import Figure
from goldthread.out.insight.shown import parts

AT_ONCE = 4  # some 300 kilobytes each


def draw(figures: list[Figure]) -> Markup:
    return drawn_safely("insight/parts.jinja", parts=parts(figures))


def drawn_safely(template: str, **context: object) -> Markup:
    """A piece of a page, to be put into it as it is: its own template has escaped what is in it."""
    return Markup(render_to_string(template, context))  # noqa: S704


@lru_cache(maxsize=AT_ONCE)
def drawn_before(from_on: date, until_on: date, counted_at: datetime, among: tuple[Population, ...]) -> Markup:
    """What was counted at that moment, with the populations that stand now: neither ever changes, only which are asked for."""
    return draw(kept(from_on, until_on) or count(from_on, until_on))
