"""A form with every kind of question, for the builders’ page."""

from typing import Any

from goldthread.ground.design.questions import Question, When


def form() -> dict[str, Any]:
    abuse = [
        (f"{n}", words)
        for n, words in enumerate(
            (
                "Neglect",
                "Physical abuse",
                "Emotional abuse",
                "Sexual abuse",
                "Domestic abuse: child",
                "Domestic abuse: parent",
                "Parental mental health",
                "Drug misuse by a parent",
                "Alcohol misuse by a parent",
            ),
            1,
        )
    ]
    q = Question
    return {
        "who": [
            q(
                "received",
                "received",
                "day",
                "When was the referral received?",
                has_time=True,
                needed=True,
                value={"day": "3", "month": "3", "year": "2026", "time": ""},
            ),
            q(
                "source",
                "source",
                "one",
                "Who made the referral?",
                options=[
                    ("1A", "Family member or carer"),
                    ("2", "School"),
                    ("3", "Health"),
                    ("4", "Police", "Give the reference if you have it"),
                ],
                needed=True,
                known=["The call came from Fairlawn Primary", "Same caller as 11 December 2025"],
            ),
            q("caller", "caller", "line", "What is the caller’s name?", hint="Leave this empty if they would rather not say."),
        ],
        "worry": [
            q(
                "worry",
                "worry",
                "words",
                "What is the worry?",
                needed=True,
                hint="In the caller’s own words first.",
                error="Say what the worry is",
                guidance="What happened, to whom, when, and what it was like for the child. Say what was seen and heard apart from what it may mean.",
                known=["Two earlier contacts in 6 months, both about missed meals", "Child in need plan closed September 2024"],
            ),
            q("factor", "factor", "one", "What is the main factor?", options=abuse, value="3"),
            q(
                "seen",
                "seen",
                "many",
                "Who was seen?",
                options=[("ama", "Ama"), ("kwesi", "Kwesi"), ("esi", "Esi", "Asleep upstairs")],
                value=["ama"],
            ),
            q("children", "children", "number", "How many children live there?", value="3", suffix="children"),
        ],
        "decision": [
            q("nfa", "nfa", "yes_no", "Is there no further action?", needed=True, used_in="CIN census"),
            q(
                "why_nfa",
                "why_nfa",
                "words",
                "Why is there no further action?",
                when=When("nfa", ["yes"], "there is no further action"),
                needed=True,
            ),
            q("told", "told", "yes_no", "Has the family been told?", when=When("nfa", ["no"], "work goes on")),
            q("reference", "reference", "line", "Reference given", locked=True, value="K7QX-2M4P", locked_words="Given by the system"),
        ],
    }
