"""Visits to children on a plan, as at the end of a day: whose next one is overdue, and who was seen alone at the last."""

from goldthread.out.insight.declaration import AS_AT, Indicator, Part, Says
from goldthread.out.insight.plan_indicators import OPEN, PERIODS
from goldthread.practice.protection.protection_plan import VISIT

LOCAL = "Local: within the time the plan itself sets, else the council’s own"

# The running of the clock that held on the day. A plan from a file has none, until visits to that child are written here.
DUE = f"""(SELECT min(c.due_on) FROM work_clock c JOIN records_record w ON w.id = c.record_id AND w.state <> 'void'
    WHERE c.child_id = p.child AND c.key = '{VISIT}' AND c.is_current AND c.started_on <= {AS_AT}
      AND (c.met_on IS NULL OR c.met_on > {AS_AT}) AND (c.stopped_on IS NULL OR c.stopped_on > {AS_AT}))"""  # noqa: S608 (from declarations, no input)
SEEN_ALONE = f"""(SELECT o.is_seen_alone IS TRUE FROM protection_protectionvisitchild o JOIN records_record v ON v.id = o.record_id
    WHERE o.person_id = p.child AND o.is_seen IS NOT NULL AND v.state = 'agreed' AND v.happened_on >= p.started_on AND v.happened_on <= {AS_AT}
    ORDER BY v.happened_on DESC, v.id DESC LIMIT 1)"""  # noqa: S608 (from declarations, no input)

C18 = Indicator(
    "C18", "Children on a plan visited in time", Says.SHARE, "children on a plan whose next visit is not overdue",
    "children on a plan for whom a next visit is due", LOCAL, "High",
    f"{PERIODS} SELECT p.link, p.child, p.record, p.started_on, {DUE} >= {AS_AT} {OPEN}", part=Part.VISIT, is_stock=True, good_is_high=True,
)  # fmt: skip

C18_OVERDUE = Indicator(
    "C18O", "Visits overdue", Says.NUMBER, "children on a plan whose next visit is overdue", "", LOCAL, "High",
    f"{PERIODS} SELECT p.link, p.child, p.record, p.started_on, {DUE} < {AS_AT} {OPEN}", part=Part.VISIT, is_stock=True, good_is_high=False,
)  # fmt: skip

C19 = Indicator(
    "C19", "Children seen alone at the last visit", Says.SHARE, "children on a plan who were seen alone at the last visit at which somebody was in",
    "children on a plan who have been visited since it began", "Ofsted’s child-level lists", "High",
    f"{PERIODS} SELECT p.link, p.child, p.record, p.started_on, {SEEN_ALONE} {OPEN}", part=Part.VISIT, is_stock=True, good_is_high=True,
)  # fmt: skip

VISITS = (C18, C18_OVERDUE, C19)
