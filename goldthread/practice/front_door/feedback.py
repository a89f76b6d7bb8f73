"""Feedback to the referrer: an outcome to a professional, a receipt and nothing more to a member of the public.

Working Together: referrers should hear the outcome. How soon is LOCAL (rule `referral.feedback`).
"""

from django.db.models import Q

from goldthread.pathway.archetypes import RECORD
from goldthread.pathway.definition import Clock, Detail, Step
from goldthread.pathway.questions import TODAY, Day, One, Words, YesNo
from goldthread.practice.front_door.wording import RECEIPT

PUBLIC_SOURCES = ("1A", "1B", "1C", "1D", "9", "10")


class Feedback(Detail):
    """What the person who referred was told, how and when."""

    title, plural = "Feedback to the referrer", "Feedback to referrers"
    kept_as = "contact"
    purpose = "So that a professional hears what became of the worry, and a member of the public knows it arrived."
    steps = (Step(RECORD, "Record", "Record what they were told"),)
    happened = "told_on"

    decided_on = Day("When was the referral decided?", needed=RECORD)
    receipt_only = YesNo(
        "Is this a receipt only?", needed=RECORD, hint=f"A member of the public gets a receipt, never an outcome. It says: “{RECEIPT}”"
    )
    told_on = Day("When were they told?", needed=RECORD, prefill=TODAY)
    how = One("How were they told?", codes="contact.how", needed=RECORD)
    words = Words("What were they told?", when=Q(receipt_only=False), needed=RECORD)

    clocks = (Clock("referral.feedback", starts="decided_on", met_by="told_on"),)

    def headline(self) -> str:
        return "Referrer sent a receipt" if self.receipt_only else "Referrer told the outcome"
