"""At start: the style sheet that every page asks for has been built."""

from typing import Any

from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Warning, register

NEEDED = ("design/goldthread.css", "vendor/govuk-frontend.min.js", "vendor/htmx.min.js")


@register
def front_end_is_built(**_: Any) -> list[CheckMessage]:
    """One sentence for all that is missing; pages would be drawn without their style."""
    missing = [name for name in NEEDED if finders.find(name) is None]
    if not missing:
        return []
    return [Warning(f"The front end is not built: {', '.join(missing)} cannot be found.", hint="Run “make front-end”.", id="web.W001")]
