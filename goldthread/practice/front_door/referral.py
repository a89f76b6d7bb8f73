"""Referral: a request for children's social care to act for a child who is not already open.

Working Together, "Assessing need": a decision about the next steps within one working day of receipt.
Children in need census: CINreferralDate, ReferralSource, PrimaryNeedCode, ReferralNFA.
"""

from django.db.models import Q

from goldthread.pathway.archetypes import DECIDE, Decision
from goldthread.pathway.definition import Clock, EachChild
from goldthread.pathway.questions import One, Words, YesNo


class Referral(Decision):
    """A request for children’s social care to act for a child."""

    title, plural = "Referral", "Referrals"
    kept_as = "child_in_need"
    purpose = "To decide, within a working day, what children’s social care will do."

    source = One("Who made the referral?", codes="cin.referral_source", needed=DECIDE, protected=Q(referrer_is_protected=True))
    referrer_is_protected = YesNo("Must the family not learn who referred?", hint="Who referred then stays out of the chronology.")
    reason = Words("What is the worry?", needed=DECIDE)
    is_nfa = YesNo("Is there no further action for children’s social care?", needed=DECIDE)
    response = One("What happens next?", codes="front_door.response", when=Q(is_nfa=False), needed=DECIDE)
    primary_need = One("What is the main need?", codes="cin.primary_need", when=Q(is_nfa=False), needed=DECIDE)
    instructions = Words("What must the worker do first?", when=Q(is_nfa=False), hint="Your direction, which stays on the child’s file.")

    clocks = (Clock("referral.decide", starts="received_on", met_by="decided_on"),)

    def headline(self) -> str:
        outcome = "" if self.is_nfa is None else ": no further action" if self.is_nfa else ": accepted"
        if self.referrer_is_protected:
            return f"Referral from someone whose name is protected{outcome}"
        source = self._meta.get_field("source").shown(self.source).lower()  # type: ignore[union-attr]
        return f"Referral from {source or 'a source not recorded'}{outcome}"


class ReferralChild(EachChild):
    """What is different for one child of the referral."""

    of = Referral
    heading = "For each child"

    worry = Words("What is the worry for this child?", needed=DECIDE, is_own=True)
