"""The figures of the dashboard, in the order of the journey: the front door and assessments here, protection beside it."""

from goldthread.out.insight.declaration import CLOCKS, Indicator, Part, Says
from goldthread.out.insight.enquiry_indicators import CONFERENCES, ENQUIRIES
from goldthread.out.insight.participation_indicators import C21
from goldthread.out.insight.plan_indicators import PLANS
from goldthread.out.insight.visit_indicators import VISITS

REFERRALS = """
FROM records_record r JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL
WHERE r.kind = 'front_door.referral' AND r.state <> 'void' AND r.happened_on BETWEEN %(from_on)s AND %(until_on)s
"""

FD04 = Indicator(
    "FD04",
    "Referrals",
    Says.NUMBER,
    "referrals received, one for each child",
    "",
    "Children in need statistics (a referral is not recorded while a case is open)",
    "High",
    f"SELECT l.id, l.child_id, r.id, r.happened_on, true {REFERRALS}",
)

FD06 = Indicator(
    "FD06",
    "Re-referrals within 12 months",
    Says.SHARE,
    "referrals of a child who had another referral in the 12 months before",
    "referrals received",
    "Children in need statistics: within 12 months of a previous referral; each repeat counts",
    "High",
    # The one before is the latest before: if that is older than twelve months, so are all.
    """SELECT link, child, record, on_day, coalesce(before >= on_day - interval '12 months', false) FROM (
    SELECT l.id AS link, l.child_id AS child, r.id AS record, r.happened_on AS on_day,
           lag(r.happened_on) OVER (PARTITION BY l.child_id ORDER BY r.happened_on, r.id) AS before
    FROM records_record r JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL
    WHERE r.kind = 'front_door.referral' AND r.state <> 'void'
      AND r.happened_on BETWEEN %(from_on)s::date - interval '12 months' AND %(until_on)s
    ) AS referrals WHERE on_day >= %(from_on)s""",
    good_is_high=False,
)

FD09 = Indicator(
    "FD09",
    "Referrals decided within 1 working day",
    Says.SHARE,
    "referrals decided by the end of the next working day",
    "referrals received whose decision day is known or whose time has run out",
    "Working Together; not published nationally. Local by definition",
    "High",
    f"""SELECT l.id, l.child_id, r.id, c.started_on,
    CASE WHEN c.met_on IS NOT NULL THEN c.met_on <= d.due_on WHEN r.origin <> 'here' OR d.due_on >= %(today)s THEN NULL ELSE false END
    {CLOCKS} WHERE c.key = 'referral.decide' AND c.is_current AND c.started_on BETWEEN %(from_on)s AND %(until_on)s""",
    rule_key="referral.decide",
    good_is_high=True,
)


def _assessments(clock: str) -> str:
    return f"""SELECT l.id, l.child_id, r.id, c.met_on, c.met_on <= d.due_on
    {CLOCKS} WHERE c.key = '{clock}' AND c.is_current AND c.met_on BETWEEN %(from_on)s AND %(until_on)s"""


FD12 = Indicator(
    "FD12",
    "Assessments within 45 working days",
    Says.SHARE,
    "assessments authorised within 45 working days of their start",
    "assessments authorised",
    "Children in need statistics: from the assessment’s own start",
    "Medium: how the first day counts is to be checked",
    _assessments("assessment.complete.census"),
    part=Part.ASSESSMENT,
    rule_key="assessment.complete.census",
    good_is_high=True,
)

FD12_FROM_REFERRAL = Indicator(
    "FD12R",
    "Assessments within 45 working days of the referral",
    Says.SHARE,
    "assessments authorised within 45 working days of the referral",
    "assessments authorised whose referral day is known",
    "Working Together: from the point of referral",
    "High",
    _assessments("assessment.complete"),
    part=Part.ASSESSMENT,
    rule_key="assessment.complete",
    good_is_high=True,
)

INDICATORS = {
    indicator.key: indicator for indicator in (FD04, FD06, FD09, FD12, FD12_FROM_REFERRAL, *ENQUIRIES, *CONFERENCES, *C21, *PLANS, *VISITS)
}
