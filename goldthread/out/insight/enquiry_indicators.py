"""Strategy discussions, section 47 enquiries and the conferences they lead to. One row a child, wherever children share a record."""

from goldthread.out.insight.declaration import AS_AT, CLOCKS, IN_THE_YEAR, Indicator, Part, Says
from goldthread.pathway.meeting.models import Invitee
from goldthread.practice.protection.meetings.strategy_discussion import StrategyDiscussion

CENSUS = "Children in need statistics"
CONFERENCE_KINDS = "('protection.initial_conference', 'protection.transfer_in_conference')"

DISCUSSIONS = """
FROM records_record r JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL
WHERE r.kind = 'protection.strategy_discussion' AND r.state IN ('submitted', 'agreed')
  AND r.happened_on BETWEEN %(from_on)s AND %(until_on)s
"""
ENQUIRIES_STARTED = """
FROM records_record r JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL
LEFT JOIN protection_section47 s ON s.record_id = r.id
LEFT JOIN protection_section47child o ON o.record_id = r.id AND o.person_id = l.child_id
LEFT JOIN work_clock c ON c.record_id = r.id AND c.child_id = l.child_id AND c.key = 'conference.initial.census' AND c.is_current
WHERE r.kind = 'protection.section47' AND r.state <> 'void' AND r.happened_on BETWEEN %(from_on)s AND %(until_on)s
"""
HELD = f"""
FROM records_record r JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL
WHERE r.kind IN {CONFERENCE_KINDS} AND r.state IN ('submitted', 'agreed') AND r.happened_on BETWEEN %(from_on)s AND %(until_on)s
"""
# A conference was held for this child; it was decided that there is none; otherwise nobody knows yet.
LED_TO_CONFERENCE = (
    "CASE WHEN c.met_on IS NOT NULL THEN true WHEN s.conference_not_required OR o.conference IS FALSE THEN false ELSE NULL END"
)
MUST_COME = ", ".join(f"'{role.key}'" for role in StrategyDiscussion.required)
PRESENT = ", ".join(f"'{way}'" for way in Invitee.PRESENT)
QUORATE = f"""(SELECT CASE WHEN count(i.attended) = 0 THEN NULL
    ELSE count(DISTINCT i.required) FILTER (WHERE i.attended IN ({PRESENT}) AND i.required IN ({MUST_COME})) = {len(StrategyDiscussion.required)} END
    FROM meeting_invitee i WHERE i.record_id = r.id AND i.left_out_at IS NULL)"""  # noqa: S608 (from declarations, no input)

C01 = Indicator(
    "C01",
    "Strategy discussions",
    Says.NUMBER,
    "strategy discussions held, one for each child",
    "",
    "Local; no national figure",
    "Medium",
    f"SELECT l.id, l.child_id, r.id, r.happened_on, true {DISCUSSIONS}",
    part=Part.ENQUIRY,
)

C02 = Indicator(
    "C02",
    "Strategy discussions with everyone who must be there",
    Says.SHARE,
    "strategy discussions in which social care, the police and health took part in person, by telephone or by video",
    "strategy discussions of which it is written down who came, one for each child",
    "Local; Working Together says who must take part",
    "High",
    f"SELECT l.id, l.child_id, r.id, r.happened_on, {QUORATE} {DISCUSSIONS}",
    part=Part.ENQUIRY,
    good_is_high=True,
)

C03 = Indicator(
    "C03",
    "Section 47 enquiries",
    Says.NUMBER,
    "section 47 enquiries started, one for each child",
    "",
    CENSUS,
    "High",
    f"SELECT l.id, l.child_id, r.id, r.happened_on, true {ENQUIRIES_STARTED}",
    part=Part.ENQUIRY,
)

C04 = Indicator(
    "C04",
    "Section 47 enquiries in a year, per 10,000 children",
    Says.RATE,
    "section 47 enquiries started in the twelve months up to and with the last day, one for each child (always twelve months, whatever the first day is)",
    "",
    CENSUS,
    "High",
    f"""SELECT l.id, l.child_id, r.id, r.happened_on, true
    FROM records_record r JOIN records_recordchild l ON l.record_id = r.id AND l.removed_at IS NULL
    WHERE r.kind = 'protection.section47' AND r.state <> 'void' AND r.happened_on {IN_THE_YEAR}""",  # noqa: S608
    part=Part.ENQUIRY,
    is_stock=True,
)

C05 = Indicator(
    "C05",
    "Enquiries that led to a conference",
    Says.SHARE,
    "enquiries started after which an initial conference was held for the child",
    "enquiries started after which a conference was held, or it was decided that there is none",
    f"{CENSUS}, which divide by all enquiries started; those still open are set aside here as not known",
    "Medium",
    f"SELECT l.id, l.child_id, r.id, r.happened_on, {LED_TO_CONFERENCE} {ENQUIRIES_STARTED}",
    part=Part.ENQUIRY,
)

C05_NONE = Indicator(
    "C05N",
    "Enquiries that led to no conference",
    Says.NUMBER,
    "enquiries started after which it was decided that the child needs no conference",
    "",
    f"Local; the other side of {CENSUS.lower()}’ enquiries that led to one",
    "Medium",
    f"SELECT l.id, l.child_id, r.id, r.happened_on, true {ENQUIRIES_STARTED} AND ({LED_TO_CONFERENCE}) IS FALSE",
    part=Part.ENQUIRY,
)

C23 = Indicator(
    "C23",
    "Open enquiries past 15 working days",
    Says.SHARE,
    "children with an enquiry older than 15 working days, with neither a conference nor a decision that there is none",
    "children with an enquiry that waits for either",
    "Children in need census, query 8675",
    "High",
    f"""SELECT l.id, l.child_id, r.id, c.started_on, d.due_on < {AS_AT} {CLOCKS}
    WHERE c.key = 'conference.initial.census' AND c.is_current AND c.started_on <= {AS_AT}
      AND (c.met_on IS NULL OR c.met_on > {AS_AT}) AND (c.stopped_on IS NULL OR c.stopped_on > {AS_AT})""",
    part=Part.ENQUIRY,
    rule_key="conference.initial.census",
    is_stock=True,
    good_is_high=False,
)

C06 = Indicator(
    "C06",
    "Initial conferences",
    Says.NUMBER,
    "initial child protection conferences held, transfer-in conferences too, one for each child",
    "",
    CENSUS,
    "High",
    f"SELECT l.id, l.child_id, r.id, r.happened_on, true {HELD}",
    part=Part.CONFERENCE,
)


def _in_time(clock: str) -> str:
    return f"""SELECT l.id, l.child_id, r.id, c.met_on, c.met_on <= d.due_on
    {CLOCKS} WHERE c.key = '{clock}' AND c.is_current AND c.met_on BETWEEN %(from_on)s AND %(until_on)s"""


C07 = Indicator(
    "C07",
    "Conferences within 15 working days of the enquiry",
    Says.SHARE,
    "initial conferences held within 15 working days of the start of the section 47 enquiry",
    "initial conferences held after an enquiry here",
    CENSUS,
    "Medium: how the first day counts is to be checked",
    _in_time("conference.initial.census"),
    part=Part.CONFERENCE,
    rule_key="conference.initial.census",
    good_is_high=True,
)

C07_FROM_DISCUSSION = Indicator(
    "C07S",
    "Conferences within 15 working days of the strategy discussion",
    Says.SHARE,
    "enquiries whose conference was held and quorate within 15 working days of the strategy discussion that began them",
    "enquiries with a quorate conference (or a review that made up for one that was not) and a known day of the discussion, which no census file says",
    "Working Together",
    "High",
    _in_time("conference.initial"),
    part=Part.CONFERENCE,
    rule_key="conference.initial",
    good_is_high=True,
)

C08 = Indicator(
    "C08",
    "Conferences that led to a plan",
    Says.SHARE,
    "initial conferences with which a child protection plan began for the child, on that day",
    "initial conferences held",
    "Ofsted’s child-level lists; census rule 2885 has the plan begin on the conference’s day",
    "High",
    f"""SELECT l.id, l.child_id, r.id, r.happened_on, EXISTS (
        SELECT FROM records_recordchild m JOIN records_record p ON p.id = m.record_id
        WHERE m.child_id = l.child_id AND m.happened_on = r.happened_on AND m.removed_at IS NULL
          AND p.kind = 'protection.protection_plan' AND p.state <> 'void') {HELD}""",  # noqa: S608
    part=Part.CONFERENCE,
)

ENQUIRIES = (C01, C02, C03, C04, C05, C05_NONE, C23)
CONFERENCES = (C06, C07, C07_FROM_DISCUSSION, C08)
