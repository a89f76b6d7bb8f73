"""Invented values for the builders' page. Nobody here is real."""

from datetime import date
from typing import Any

from goldthread.ground.design.examples_drawn import drawings


def clock(words: str, state: str, kind: str = "LAW", **more: str) -> dict[str, str]:
    return {"words": words, "exact": "by 17:00 on 3 March 2026", "at": "2026-03-03T17:00", "state": state, "kind": kind, **more}


def identity() -> dict[str, Any]:
    return {
        "name": "Ama Boateng",
        "age": "9 years",
        "known_as": "Amy",
        "reference": "K7QX-2M4P",
        "is_restricted": True,
        "href": "#",
        "facts": [
            {"label": "Plan", "words": "Child protection: neglect, since 4 May 2025"},
            {"label": "Legal", "words": "None"},
        ],
        "responsible": [{"role": "Worker", "name": "B. Osei", "href": "#", "phone": "020 7946 0101"}],
        "alerts": [
            {"words": "Father must not collect: non-molestation order to 12 June 2026", "href": "#"},
            {"words": "Visit in pairs", "kind": "care"},
        ],
        "danger_href": "#danger",
    }


def work_groups() -> list[dict[str, Any]]:
    today = [
        {
            "what": "Decide the referral",
            "href": "#1",
            "for_whom": "Ama, Kwesi and Esi Boateng",
            "for_href": "#ama",
            "due": clock("Yesterday, 1 working day late", "late", rule="Referral decision: 1 working day", cause="Awaiting police checks"),
            "action": {"text": "Decide", "href": "#decide"},
            "tags": [{"words": "Sent back", "kind": "gold"}],
        },
        {
            "what": "Visit, child protection plan",
            "href": "#2",
            "for_whom": "Ama Boateng",
            "for_href": "#ama",
            "due": clock("Today, by 17:00", "today", "LOCAL", rule="Visits: every 10 working days"),
            "action": {"text": "Record visit", "href": "#visit"},
            "note": "Last seen alone 12 days ago by B. Osei",
        },
        {
            "what": "Child and family assessment",
            "href": "#3",
            "for_whom": "Noor Hussain",
            "for_href": "#noor",
            "due": clock("Tuesday 3 March, 6 working days left", "soon", "GUIDANCE", rule="Assessment: 45 working days from referral"),
            "action": {"text": "Continue", "href": "#assess"},
        },
    ]
    return [
        {"heading": "Today", "lines": today},
        {
            "heading": "Waiting on others",
            "lines": [
                {
                    "what": "Police check",
                    "href": "#4",
                    "for_whom": "Noor Hussain",
                    "due": clock("Asked 2 days ago", "later", "LOCAL"),
                    "action": {"text": "Nudge", "href": "#nudge"},
                },
            ],
        },
        {"heading": "Drafts", "lines": [], "empty": "No drafts. What you type is kept as you type it."},
    ]


def entries() -> list[dict[str, Any]]:
    return [
        {
            "on": date(2026, 3, 3),
            "words": "Tue 3",
            "time": "16:10",
            "title": "Visit to Ama at home",
            "href": "#v",
            "kind": "Visit",
            "written": "“I like it when Gran stays.” Seen alone for twenty minutes in her bedroom.",
            "by": "B. Osei",
            "children": ["Ama"],
            "recorded": "written the same day",
            "id": "1",
        },
        {
            "on": date(2026, 3, 1),
            "words": "Sun 1",
            "time": "02:14",
            "title": "Police notification: domestic abuse",
            "href": "#p",
            "kind": "Contact",
            "is_significant": True,
            "why_significant": "the third call in six weeks",
            "agency": "Metropolitan Police",
            "children": ["Ama", "Kwesi", "Esi"],
            "recorded": "written 1 day later",
            "id": "2",
        },
        {
            "on": date(2025, 12, 11),
            "words": "Thu 11",
            "title": "Referral accepted",
            "href": "#r",
            "kind": "Decision",
            "by": "C. Lindqvist",
            "id": "3",
        },
    ]


def board() -> list[dict[str, Any]]:
    def card(name: str, worry: str, hours: float, words: str, **more: Any) -> dict[str, Any]:
        return {"heading": name, "href": "#card", "words": worry, "age": {"words": words, "hours": hours, "of_hours": 24}, **more}

    new = [
        card(
            "Ama, Kwesi and Esi Boateng",
            "Third police call in six weeks; children upstairs.",
            21,
            "21 hours old, 3 left",
            source="Metropolitan Police",
            priority={"words": "Red", "kind": "danger"},
            facts=["3 earlier contacts in 12 months", "2 of 4 checks back"],
        ),
        card(
            "Noor Hussain",
            "Came to school hungry again.",
            4,
            "4 hours old",
            source="Fairlawn Primary",
            priority={"words": "Amber", "kind": "gold"},
        ),
    ]
    return [
        {"heading": "New", "cards": new},
        {
            "heading": "Checking",
            "cards": [
                card(
                    "Baby Okafor, unborn",
                    "Midwife: no bookings kept since week 20.",
                    30,
                    "30 hours old, 6 over",
                    source="Northmere Hospital",
                )
            ],
        },
        {"heading": "Awaiting partners", "cards": [], "empty": "Nobody is waiting on a partner."},
        {
            "heading": "Decision",
            "cards": [card("Leo Whitfield", "Neighbour heard shouting on Sunday.", 12, "12 hours old", source="A member of the public")],
        },
    ]


def people() -> dict[str, Any]:
    return {
        "contacts": [
            {
                "name": "B. Osei",
                "role": "Social worker",
                "agency": "Northmere",
                "phone": "020 7946 0101",
                "email": "b.osei@example.org",
                "is_lead": True,
                "href": "#",
            },
            {
                "name": "Fairlawn Primary",
                "role": "Designated safeguarding lead",
                "phone": "020 7946 0144",
                "note": "Told of the plan on 6 May",
            },
        ],
        "matches": [
            {
                "id": "K7QX-2M4P",
                "name": "Siobhán O’Connor",
                "born": "born 12 March 2014, 11 years",
                "reference": "K7QX-2M4P",
                "href": "#",
                "address": "12 Ash Road, NM4 2QT",
                "involvement": "Closed September 2024, child in need",
                "evidence": [
                    {"words": "Born on the same day", "weight": "strong"},
                    {"words": "“Shivon” sounds like Siobhán", "weight": "some"},
                    {"words": "A different mother’s name: Mary, not Aoife", "weight": "against"},
                ],
            },
            {
                "id": "P3NN-9R2T",
                "name": "Shivon Connor",
                "born": "born 2014, day not known",
                "is_remembered_as_not": True,
                "evidence": [{"words": "First name the same", "weight": "some"}],
            },
        ],
    }


def components() -> dict[str, Any]:
    kinds = [
        clock("Tuesday 3 March, 6 working days left", "later", kind, rule=rule)
        for kind, rule in (
            ("LAW", "Looked-after review: 20 working days"),
            ("GUIDANCE", "Conference: 15 working days"),
            ("LOCAL", "Visits: every 10 working days"),
        )
    ]
    return {
        "identity": identity(),
        "groups": work_groups(),
        "entries": entries(),
        "columns": board(),
        "clocks": kinds,
        "children": [
            {"name": "Ama", "id": "ama", "note": "9 years"},
            {"name": "Kwesi", "id": "kwesi", "note": "7 years"},
            {"name": "Esi", "id": "esi"},
        ],
        **people(),
        **drawings(),
    }


def work() -> dict[str, Any]:
    rows = [
        [{"words": name, "href": "#"}, worker, words, days]
        for name, worker, words, days in (
            ("Ama Boateng", "B. Osei", "Referral decision", 1),
            ("Noor Hussain", "B. Osei", "Assessment", 4),
            ("Leo Whitfield", "T. Adeyemi", "Visit", 9),
            ("Esi Okafor", None, "Review", 12),
        )
    ]
    return {"rows": rows}
