"""Child protection plans: begun and ended over a window, and as at the end of a day those that hold."""

from typing import Any

from goldthread.ground.codes.code_lists import codes
from goldthread.out.insight.declaration import AS_AT, CLOCKS, Indicator, Part, Says
from goldthread.practice.protection.conferences import core_group

CENSUS = "Children in need statistics"
BY_CATEGORY, BY_LENGTH = "Children on plans by category", "Plans that ended, by how long they lasted"

PERIODS_ASKED = """WITH periods AS (
    SELECT l.id AS link, l.child_id AS child, r.id AS record, p.started_on, p.ended_on, p.previous_plans, p.initial_category, p.latest_category
    FROM protection_protectionplan p JOIN records_record r ON r.id = p.record_id AND r.state <> 'void' AND p.stands
    JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL)"""
PERIODS = PERIODS_ASKED.replace("periods AS", "periods AS MATERIALIZED")  # found once, however many days a stock is asked of
STARTED = "FROM periods p WHERE p.started_on BETWEEN %(from_on)s AND %(until_on)s"
ENDED = "FROM periods p WHERE p.ended_on BETWEEN %(from_on)s AND %(until_on)s"
OPEN = f"FROM periods p WHERE p.started_on <= {AS_AT} AND (p.ended_on IS NULL OR p.ended_on > {AS_AT})"
AFTER_ANOTHER = """FROM (SELECT *, max(ended_on) OVER earlier AS last_ended_on, count(*) OVER earlier AS known_before FROM periods
    WINDOW earlier AS (PARTITION BY child ORDER BY started_on RANGE BETWEEN UNBOUNDED PRECEDING AND '1 day' PRECEDING)
    ) AS p WHERE started_on BETWEEN %(from_on)s AND %(until_on)s"""

# Where the plan's category has changed, what it was on the day; a file says only the last.
CATEGORY = f"""coalesce((SELECT k.category FROM protection_plancategory k WHERE k.record_id = p.record AND k.from_on <= {AS_AT}
    ORDER BY k.from_on DESC LIMIT 1), p.latest_category, p.initial_category)"""  # noqa: S608 (from declarations, no input)

# From the start three months, from each review six: a plan is on time up to and with the first of these days that went by with
# no review. That day is the same whichever day is asked about, so it is found once for all of them.
REVIEWED = f"""{PERIODS}, reviews AS MATERIALIZED (
    SELECT DISTINCT m.child_id AS child, v.happened_on AS held_on FROM records_record v
    JOIN records_recordchild m ON m.record_id = v.id AND m.removed_at IS NULL
    WHERE v.kind = 'protection.review_conference' AND v.state IN ('submitted', 'agreed')
), spans AS (
    SELECT *, since + make_interval(months => CASE WHEN since = started_on THEN %(first)s ELSE %(later)s END) AS by_on,
        lead(since) OVER (PARTITION BY link ORDER BY since) AS following
    FROM (SELECT *, started_on AS since FROM periods
        UNION ALL SELECT periods.*, held_on FROM periods JOIN reviews USING (child) WHERE held_on > started_on) AS days
), plans AS MATERIALIZED (
    SELECT link, child, record, started_on, ended_on, min(by_on) FILTER (WHERE following IS NULL OR following > by_on) AS on_time_until
    FROM spans GROUP BY link, child, record, started_on, ended_on
)
SELECT link, child, record, started_on, on_time_until >= {AS_AT} FROM plans
WHERE (ended_on IS NULL OR ended_on > {AS_AT}) AND started_on <= {AS_AT} - make_interval(months => %(first)s)"""  # noqa: S608


def _plan(key: str, title: str, says: Says, counted: str, out_of: str, source: str, counts: str, among: str, **more: Any) -> Indicator:
    periods = PERIODS if more.get("is_stock") else PERIODS_ASKED
    sql = f"{periods} SELECT p.link, p.child, p.record, {more.pop('day', 'p.started_on')}, {counts} {among}"
    return Indicator(key, title, says, counted, out_of, source, more.pop("confidence", "High"), sql, part=Part.PLAN, **more)


C09 = _plan(
    "C09", "Children on a plan", Says.NUMBER, "children on a child protection plan at the end of the day", "", CENSUS, "true", OPEN, is_stock=True
)  # fmt: skip
C09_RATE = _plan(
    "C09R", "Children on a plan, per 10,000 children", Says.RATE, "children on a child protection plan at the end of the last day", "", CENSUS,
    "true", OPEN, is_stock=True,
)  # fmt: skip
C10 = _plan("C10", "Plans begun", Says.NUMBER, "child protection plans that began, one for each child", "", CENSUS, "true", STARTED)
C10_ENDED = _plan(
    "C10E", "Plans ended", Says.NUMBER, "child protection plans that ended, one for each child", "", CENSUS, "true", ENDED, day="p.ended_on"
)
C11 = _plan(
    "C11", "Plans that are not the child’s first", Says.SHARE, "plans begun for a child who had been on a plan before, ever and anywhere",
    "plans begun for which it is known how many came before", f"{CENSUS}; plans of other authorities count too", "p.previous_plans >= 1", STARTED,
    good_is_high=False,
)  # fmt: skip
C12 = _plan(
    "C12", "Plans again within two years", Says.SHARE, "plans begun within two years of the end of the child’s last plan",
    "plans begun for which it is known when the last one ended, or that there was none", "Local; read by inspectors",
    """CASE WHEN last_ended_on >= started_on - interval '2 years' THEN true
        WHEN previous_plans <= known_before THEN false ELSE NULL END""", AFTER_ANOTHER, good_is_high=False,
)  # fmt: skip
C13 = _plan(
    "C13", "Plans that lasted two years or more", Says.SHARE, "plans ended that had lasted two years or longer", "plans ended", CENSUS,
    "p.ended_on >= p.started_on + interval '2 years'", ENDED, day="p.ended_on", good_is_high=False,
)  # fmt: skip
C14 = _plan(
    "C14", "Children on a plan for two years or more", Says.SHARE, "children on a plan that began two years ago or longer",
    "children on a child protection plan", "Local; not the national figure, which asks of plans that ended",
    f"p.started_on <= {AS_AT} - interval '2 years'", OPEN, is_stock=True, good_is_high=False,
)  # fmt: skip
C15 = Indicator(
    "C15", "Plans reviewed on time", Says.SHARE, "children whose plan has been reviewed on time ever since it began: within three months, then within six",
    "children on a plan that began three months ago or longer", f"{CENSUS}; Working Together", "High", REVIEWED, part=Part.PLAN,
    limits={"first": "conference.review.first", "later": "conference.review.later"}, is_stock=True, good_is_high=True,
)  # fmt: skip

C20 = Indicator(
    "C20", "First core groups within 10 working days", Says.SHARE, "plans begun here whose first core group met within ten working days of the conference",
    "plans begun here whose core group has met, or whose time has run out", "Working Together; not published nationally. Local by definition", "High",
    f"""SELECT l.id, l.child_id, r.id, c.started_on,
    CASE WHEN c.met_on IS NOT NULL THEN c.met_on <= d.due_on WHEN c.stopped_on <= d.due_on OR d.due_on >= %(today)s THEN NULL ELSE false END
    {CLOCKS} WHERE c.key = '{core_group.FIRST}' AND c.is_current AND c.started_on BETWEEN %(from_on)s AND %(until_on)s""",
    part=Part.PLAN, rule_key=core_group.FIRST, good_is_high=True,
)  # fmt: skip

LENGTHS = (
    ("A", "Three months or less", "", "3 months"), ("B", "More than three months, up to six", "3 months", "6 months"),
    ("C", "More than six months, up to a year", "6 months", "1 year"), ("D", "More than a year, less than two", "1 year", "2 years"),
    ("E", "Two years or more", "2 years", ""),
)  # fmt: skip


def _length(key: str, title: str, above: str, up_to: str) -> Indicator:
    """A day counts for one band only: two years to the day are two years."""
    lower = f"p.ended_on {'>=' if not up_to else '>'} p.started_on + interval '{above}'" if above else "true"
    upper = f"p.ended_on {'<' if up_to == '2 years' else '<='} p.started_on + interval '{up_to}'" if up_to else "true"
    return _plan(
        f"C16{key}", title, Says.NUMBER, f"plans ended that had lasted: {title.lower()}", "", CENSUS, "true", f"{ENDED} AND {lower} AND {upper}",
        day="p.ended_on", row_of=BY_LENGTH,
    )  # fmt: skip


def _category(code: str | None, title: str) -> Indicator:
    of = f"{CATEGORY} = '{code}'" if code else f"{CATEGORY} IS NULL"
    return _plan(
        f"C17{code or 'X'}", title, Says.NUMBER, f"children on a plan whose category then is: {title.lower()}", "", f"{CENSUS}: the latest category", "true",
        f"{OPEN} AND {of}", is_stock=True, row_of=BY_CATEGORY,
    )  # fmt: skip


CATEGORIES = (*codes("cin.abuse_category").choices(), (None, "Not known"))
C16 = tuple(_length(*band) for band in LENGTHS)
C17 = tuple(_category(code, title) for code, title in CATEGORIES)

PLANS = (C09, C09_RATE, C10, C10_ENDED, C11, C12, C13, C14, C15, C20, *C17, *C16)
