"""From how much on a look is looked at again. LOCAL: no law or guidance sets any of these; each council sets its own, from a day."""

from datetime import date

from goldthread.core.oversight.models import Limit

# name: (what it limits, the product's own value until a council sets one)
LIMITS = {
    "hour": ("People opened in one hour", 30),
    "day": ("People opened in one day", 60),
    "desk_hour": ("People opened in one hour, front door or out of hours", 60),
    "desk_day": ("People opened in one day, front door or out of hours", 150),
    "times_usual": ("And so many times as many as that worker’s usual day", 3),
    "refused": ("Refusals in one day", 3),
    "night_from": ("The night begins at (hour, 0 to 23)", 22),
    "night_until": ("The night ends at (hour, 0 to 23)", 6),
    "desk_days": ("A record about the child so many days before or after explains a look of the front door", 7),
    "own_days": ("What somebody wrote about the child explains their look for so many days", 28),
}


def limits_on(day: date) -> dict[str, int]:
    """Every limit as it held on a day: the newest set by then, else the product's own."""
    held = {name: value for name, (_, value) in LIMITS.items()}
    for name, value in Limit.objects.filter(from_on__lte=day).order_by("from_on", "pk").values_list("name", "value"):
        held[name] = value
    return held
