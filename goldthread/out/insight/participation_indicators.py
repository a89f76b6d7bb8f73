"""Who took part in initial conferences, of those invited, by kind of agency. An event is one agency at one conference, for each child.

Several of one agency take one place, by whoever of it came. Only conferences held here have a list of who was invited.
"""

from goldthread.out.insight.declaration import Indicator, Part, Says
from goldthread.out.insight.enquiry_indicators import HELD, PRESENT
from goldthread.practice.protection.models import InitialConference

WHO_TOOK_PART = "Who took part in initial conferences"
OURS = "local_authority"
KINDS = {role.key: (role.title, role.kinds) for role in InitialConference.required}

# An agency of which one did not come is known not to have come, though nobody wrote anything down of the other.
INVITED = f"""(SELECT CASE WHEN count(i.attended) = 0 THEN NULL ELSE bool_or(i.attended IN ({PRESENT})) END AS came
    FROM (SELECT *, coalesce(agency_kind, CASE WHEN worker_id IS NOT NULL THEN '{OURS}' ELSE 'other' END) AS kind FROM meeting_invitee) AS i
    WHERE i.record_id = r.id AND i.left_out_at IS NULL AND i.person_id IS NULL AND {{among}}
      AND NOT EXISTS (SELECT FROM meeting_arrangement a WHERE a.record_id = r.id AND a.chair_id = i.worker_id)
    GROUP BY CASE WHEN i.kind = '{OURS}' THEN i.kind ELSE coalesce(i.agency_id::text, i.kind) END HAVING bool_or(i.invited_at IS NOT NULL)
    ) AS places"""  # noqa: S608 (from declarations, no input)


def _took_part(key: str, title: str, of: str, among: str) -> Indicator:
    start = HELD.replace("\nWHERE", f"\nCROSS JOIN LATERAL {INVITED.format(among=among)}\nWHERE")
    return Indicator(
        f"C21{key}", title, Says.SHARE,
        f"{of} that took part in an initial conference, or one on transfer in, themselves: in person, by telephone or by video, not by a report alone",
        "those invited, of which it is written down whether they came, once a conference for each child. Family and the chair are left out; of "
        "conferences from a file nobody knows who was invited",
        "Local; no national figure", "Medium",
        f"SELECT l.id, l.child_id, r.id, r.happened_on, places.came {start}",
        part=Part.CONFERENCE, row_of=WHO_TOOK_PART, good_is_high=True,
    )  # fmt: skip


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"i.kind IN ({', '.join(repr(kind) for kind in kinds)})"


SORTED = tuple(kind for _, kinds in KINDS.values() for kind in kinds)
C21 = (
    *(_took_part(key.upper(), title, f"agencies of the kind “{title}”", _one_of(kinds)) for key, (title, kinds) in KINDS.items()),
    _took_part("OTHER", "Other agencies", "agencies of any other kind", f"NOT {_one_of(SORTED)}"),
    _took_part("", "All agencies", "agencies", "true"),
)
