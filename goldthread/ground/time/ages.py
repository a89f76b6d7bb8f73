"""Ages, compared by dates and never by rounded years."""

from datetime import date

from goldthread.ground.time.periods import add_months

WEEKS_OF_PREGNANCY = 40


def age_on(born: date, day: date) -> int:
    """Whole years attained on `day`; negative before birth. One born on 29 February attains an age on 1 March in a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """The day on which an age is attained."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def months_on(born: date, day: date) -> int:
    """Whole months attained on `day`; for children under two."""
    months = (day.year - born.year) * 12 + day.month - born.month
    return months - (day < add_months(born, months))


def gestation_weeks(expected: date, day: date) -> int | None:
    """Completed weeks of pregnancy, 40 on the expected date; None when `day` is before the pregnancy began."""
    weeks = (WEEKS_OF_PREGNANCY * 7 - (expected - day).days) // 7
    return weeks if weeks >= 0 else None


def age_in_words(born: date, day: date) -> str:
    """ "9 years", "14 months" under two, "5 weeks" under three months, "2 days" in the first week; "not yet born" before."""
    if day < born:
        return "not yet born"
    if age_on(born, day) >= 2:
        return f"{age_on(born, day)} years"
    months, days = months_on(born, day), (day - born).days
    if months >= 3:
        return f"{months} months"
    if days >= 7:
        return _count(days // 7, "week")
    return _count(days, "day") if days else "born today"


def unborn_in_words(expected: date, day: date) -> str:
    """ "due 14 March, 31 weeks"; past the date, "was due 14 March, 3 days ago"."""
    due = f"{expected.day} {expected:%B}" + (f" {expected.year}" if expected.year != day.year else "")
    if day > expected:
        return f"was due {due}, {_count((day - expected).days, 'day')} ago"
    weeks = gestation_weeks(expected, day)
    return f"due {due}" if weeks is None else f"due {due}, {_count(weeks, 'week')}"


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
