"""At start: the style sheet that every page asks for has been built."""

from typing import Any

from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Warning, register

from goldthread.core.agencies.models import Duty
from goldthread.ground.boot.settings import settings

NEEDED = ("design/goldthread.css", "vendor/govuk-frontend.min.js", "vendor/htmx.min.js")


@register
def idle_duties_are_duties(**_: Any) -> list[CheckMessage]:
    """A duty misspelt in the setting would leave whoever holds it with everybody's minutes."""
    named = {part.split(":")[0].strip() for part in settings.idle_minutes_by_duty.split(",") if part.strip()}
    unknown = sorted(named - set(Duty.ROLES))
    if not unknown:
        return []
    hint = f"Duties are {', '.join(Duty.ROLES)}."
    return [Warning(f"GOLDTHREAD_IDLE_MINUTES_BY_DUTY names no duty by “{', '.join(unknown)}”.", hint=hint, id="web.W002")]


@register
def front_end_is_built(**_: Any) -> list[CheckMessage]:
    """One sentence for all that is missing; pages would be drawn without their style."""
    missing = [name for name in NEEDED if finders.find(name) is None]
    if not missing:
        return []
    return [Warning(f"The front end is not built: {', '.join(missing)} cannot be found.", hint="Run “make front-end”.", id="web.W001")]
