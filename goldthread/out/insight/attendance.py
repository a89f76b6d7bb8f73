"""Who comes to meetings: by agency, team and month. A *place* is one agency at one meeting, by whoever of it came furthest.

Only meetings that were held are counted, and only agencies: family are not a matter of attendance. Counted for everyone,
shown to whoever may see the record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from goldthread.core.agencies.models import Agency, Team
from goldthread.ground.codes.code_lists import codes
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.meeting.jobs import REPLY_AFTER
from goldthread.pathway.meeting.models import Invitee
from goldthread.pathway.registry import definitions

AGENCY, TEAM, MONTH = "agency", "team", "month"
ALL, OURS, NO_TEAM = "all", "ours", "none"
BY = {AGENCY: "Agency", TEAM: "Team", MONTH: "Month"}
REPORTS = ("on time", "late", "missing")  # of an agency with several, the first of these
KEYS = {AGENCY: "p.agency", TEAM: "coalesce(t.team::text, 'none')", MONTH: "to_char(p.on_day, 'YYYY-MM')"}


@dataclass(frozen=True)
class Column:
    """One thing counted of a place. `holds` is its condition in SQL over the places below."""

    key: str
    title: str
    holds: str


COLUMNS = {
    column.key: column
    for column in (
        Column("listed", "In the list", "true"),
        Column("invited", "Invited", "p.invited"),
        Column("answered", "Answered", "p.answered"),
        Column("late", "No answer in time", "p.late"),
        Column("took_part", "Invited and took part", "p.invited AND p.came = ANY(%(present)s)"),
        Column("in_person", "In person", "p.came = 'in_person'"),
        Column("video", "By video", "p.came = 'video'"),
        Column("telephone", "By telephone", "p.came = 'telephone'"),
        Column("report", "Report only", "p.came = 'report'"),
        Column("not", "Did not come", "p.came = 'not'"),
        Column("report_asked", "Asked for a report", "p.report_asked"),
        Column("report_on_time", "Came on time", "p.report = 'on time'"),
        Column("report_late", "Came late", "p.report = 'late'"),
        Column("report_missing", "Has not come", "p.report = 'missing'"),
        Column("brought", "Brought something", "p.brought"),
        Column("sent", "Decisions sent", "p.sent"),
        Column("acknowledged", "Acknowledged", "p.acknowledged"),
        Column("filed", "Filed on their system", "p.filed"),
    )
}


@dataclass(frozen=True)
class Share:
    """The places of one column, out of those of some."""

    title: str
    of: str
    out_of: tuple[str, ...]


SHARES = {
    "took_part_share": Share("Of those invited", "took_part", ("invited",)),
    "report_share": Share("On time, of those due", "report_on_time", ("report_on_time", "report_late", "report_missing")),
}

# Whoever came, or sent a report, without having answered is not counted as silent. The time for an answer is the one after
# which somebody is asked to ring them.
PLACES = """
WITH meetings AS MATERIALIZED (
    SELECT r.id, r.happened_on FROM records_record r
    WHERE r.kind = ANY(%(kinds)s) AND r.happened_on BETWEEN %(from_on)s AND %(until_on)s AND r.state IN ('submitted', 'agreed')
), teams AS (
    SELECT DISTINCT m.id AS record, a.team_id AS team FROM meetings m
    JOIN records_recordchild l ON l.record_id = m.id AND l.removed_at IS NULL
    JOIN agencies_allocation a ON a.child_id = l.child_id
        AND (a.from_on IS NULL OR a.from_on <= m.happened_on) AND (a.until_on IS NULL OR a.until_on > m.happened_on)
), seats AS (
    SELECT m.id AS record, m.happened_on AS on_day, i.*,
        CASE WHEN i.worker_id IS NOT NULL OR g.is_own_authority THEN 'ours' WHEN g.id IS NOT NULL THEN 'agency-' || g.id
             ELSE 'kind-' || coalesce(i.agency_kind, 'other') END AS whose,
        EXISTS (SELECT FROM meeting_contribution c WHERE c.invitee_id = i.id) AS brought, w.asked_at AS report_asked_at,
        CASE WHEN w.received_on <= w.due_on THEN 'on time' WHEN w.received_on > w.due_on THEN 'late'
             WHEN w.received_on IS NULL AND w.due_on < %(today)s THEN 'missing' END AS report
    FROM meetings m JOIN meeting_invitee i ON i.record_id = m.id AND i.left_out_at IS NULL AND i.person_id IS NULL
    LEFT JOIN agencies_agency g ON g.id = i.agency_id LEFT JOIN meeting_report w ON w.invitee_id = i.id
), p AS (
    SELECT record, on_day, whose AS agency, bool_or(invited_at IS NOT NULL) AS invited, bool_or(replied_at IS NOT NULL) AS answered,
        bool_or(invited_at IS NOT NULL) AND NOT coalesce(
            bool_or(replied_at <= invited_at + %(wait)s OR (replied_at IS NULL AND attended <> 'not')), false) AS late,
        (%(ways)s::text[])[min(array_position(%(ways)s::text[], attended::text))] AS came, bool_or(brought) AS brought,
        bool_or(report_asked_at IS NOT NULL) AS report_asked, (%(reports)s::text[])[min(array_position(%(reports)s::text[], report))] AS report,
        bool_or(sent_at IS NOT NULL) AS sent, bool_or(acknowledged_at IS NOT NULL) AS acknowledged, bool_or(filed_on IS NOT NULL) AS filed
    FROM seats GROUP BY record, on_day, whose
)
"""
NARROWED = """FROM p {teams} WHERE (%(agency)s::text IS NULL OR p.agency = %(agency)s)
AND (%(team)s::text IS NULL OR coalesce((SELECT bool_or(n.team::text = %(team)s) FROM teams n WHERE n.record = p.record), %(team)s = 'none'))"""
WITH_TEAMS = "LEFT JOIN teams t ON t.record = p.record"


@dataclass(frozen=True)
class Asked:
    """What the report is asked for: the days (both ends counted), how it is split, and what it is narrowed to (None: all)."""

    from_on: date
    until_on: date
    by: str = AGENCY
    kind: str | None = None
    agency: str | None = None
    team: str | None = None

    @property
    def narrowed(self) -> str:
        """What tells this report from every other over the same days."""
        return " ".join([self.by, *(f"{name}={value}" for name in ("kind", "agency", "team") if (value := getattr(self, name)))])

    def parameters(self) -> dict[str, Any]:
        kinds = meeting_kinds()
        return {
            "from_on": self.from_on, "until_on": self.until_on, "agency": self.agency, "team": self.team, "wait": REPLY_AFTER,
            "kinds": [self.kind] if self.kind in kinds else list(kinds), "ways": [*Invitee.PRESENT, Invitee.REPORT, Invitee.NOT],
            "present": list(Invitee.PRESENT), "reports": list(REPORTS), "today": localdate(),
        }  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One agency, team or month, and how many of its places each column counts."""

    key: str
    counts: dict[str, int]


@dataclass(frozen=True)
class Place:
    """One agency at one meeting: `record` is the meeting's key, `came` a code of Invitee.ATTENDED, None where nobody wrote it down."""

    record: int
    on_day: date
    agency: str
    came: str | None


def meeting_kinds() -> dict[str, str]:
    """Every kind of meeting there is, with its name for several."""
    return {kind: str(one.plural) for kind, one in definitions().items() if issubclass(one, Meeting)}


def attendance(asked: Asked) -> list[Line]:
    """In one query. By agency and by month the last line counts them all; a meeting about children of two teams stands under both."""
    counts = ", ".join(f"count(*) FILTER (WHERE {column.holds})" for column in COLUMNS.values())
    narrowed = NARROWED.format(teams=WITH_TEAMS if asked.by == TEAM else "")
    rows = _rows(f"{PLACES} SELECT {KEYS[asked.by]}, {counts} {narrowed} GROUP BY 1 ORDER BY 1", asked)
    lines = [Line(row[0], dict(zip(COLUMNS, row[1:], strict=True))) for row in rows]
    if asked.by != TEAM and len(lines) > 1:
        lines.append(Line(ALL, {key: sum(line.counts[key] for line in lines) for key in COLUMNS}))
    return lines


def places_behind(asked: Asked, key: str, column: str) -> list[Place]:
    """The places behind one figure, newest first: as many as it says."""
    narrowed = NARROWED.format(teams=WITH_TEAMS if asked.by == TEAM else "")
    which = "" if key == ALL else f"AND {KEYS[asked.by]} = %(key)s"
    sql = f"""{PLACES} SELECT p.record, p.on_day, p.agency, p.came {narrowed} {which} AND {COLUMNS[column].holds}
    ORDER BY p.on_day DESC, p.record DESC, p.agency"""
    return [Place(*row) for row in _rows(sql, asked, key=key)]


def agency_names(keys: Iterable[str]) -> dict[str, str]:
    """What each agency of the report is called, by its key."""
    keys = set(keys)
    named = Agency.objects.filter(pk__in=[key[7:] for key in keys if key.startswith("agency-")])
    found = {f"agency-{key}": name for key, name in named.values_list("pk", "name")}
    kinds = {key: f"{codes('agency.kind').label(key[5:])}, none named" for key in keys if key.startswith("kind-")}
    return found | kinds | {OURS: "Our own authority", ALL: "All agencies"}


def agencies_asked() -> dict[str, str]:
    """Every agency that was ever in a meeting's list, by key, in the order of their names."""
    asked = Agency.objects.filter(pk__in=Invitee.objects.exclude(agency=None).values("agency"), is_own_authority=False)
    return {OURS: "Our own authority"} | {f"agency-{key}": name for key, name in asked.order_by("name").values_list("pk", "name")}


def team_names() -> dict[str, str]:
    """By key; teams that are closed held meetings too."""
    return {str(key): name for key, name in Team.objects.order_by("name").values_list("pk", "name")} | {NO_TEAM: "No team that day"}


def _rows(sql: str, asked: Asked, **more: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked.parameters() | more)
        return cursor.fetchall()
