"""Contact: somebody tells us about a child.

Working Together asks for a decision within one working day of a *referral*; screening a contact has no national
limit (rule `contact.screen` is LOCAL). A contact is not in the children in need census; it is Annex A list 1.
"""

from django.db.models import Q

from goldthread.pathway.archetypes import DECIDE, RECORD, Arrival
from goldthread.pathway.definition import Clock, EachChild
from goldthread.pathway.questions import TODAY, Day, Line, One, Words, YesNo

CALL, CALLER, SAFE, SHARING = "The call", "The caller", "Is the child safe now?", "Sharing"
PROTECTED = Q(caller_is_protected=True)


class Contact(Arrival):
    """Somebody tells us about a child: their own words first, before anyone is identified."""

    title, plural = "Contact", "Contacts"
    kept_as = "contact"
    purpose = "To write down what a caller says, find out who it is about, and decide for each child what happens next."

    caller_words = Words(
        "What are they telling us?", needed=RECORD, section=CALL, hint="In the caller’s own words. Who it is about comes afterwards."
    )
    how = One("How did they get in touch?", codes="contact.how", needed=RECORD, section=CALL)
    received_on = Day("When was it received?", needed=RECORD, time=True, prefill=TODAY, section=CALL)
    source = One("Who is getting in touch?", codes="cin.referral_source", needed=RECORD, section=CALLER)
    caller_name = Line("What is their name?", section=CALLER, hint="Leave empty if they do not want to say.", protected=PROTECTED)
    caller_role = Line("What is their job, or how do they know the child?", section=CALLER, protected=PROTECTED)
    caller_agency = Line("Which organisation are they from?", section=CALLER, protected=PROTECTED)
    caller_safe_call_back = Line(
        "How can we safely reach them?",
        section=CALLER,
        hint="Number or address, safe times, and whether a message may be left.",
        protected=PROTECTED,
    )
    caller_is_protected = YesNo(
        "Must the family not learn who they are?",
        needed=RECORD,
        section=CALLER,
        hint="Their name then stays out of the chronology, letters, reports and exports.",
    )
    danger_now = YesNo("Is a child in immediate danger?", needed=RECORD, section=SAFE)
    danger_words = Words("Who, where and what is happening?", when=Q(danger_now=True), needed=RECORD, section=SAFE)
    safe_now = Words(
        "Has somebody seen the child, and where will the child be tonight?",
        needed=RECORD,
        section=SAFE,
        hint="Who has seen the child and when. Where the child is living and sleeping.",
    )
    other_children = Words("Which other children are in the household?", section=SAFE)
    source_of_harm = Words(
        "Who is said to be the source of harm, and can they reach the child?", section=SAFE, hint="Leave empty if nobody is named."
    )
    family_told = YesNo("Has the family been told about this contact?", needed=RECORD, section=SHARING)
    why_not_told = Words(
        "Why would telling them be unsafe, or why has it not been done?", when=Q(family_told=False), needed=RECORD, section=SHARING
    )
    lawful_basis = One(
        "What lets us hold and share this?",
        codes="sharing.lawful_basis",
        needed=RECORD,
        section=SHARING,
        hint="For safeguarding, the family’s agreement is not the usual basis.",
    )
    already_known = Words(
        "What do we and other agencies already know?", section="Screening", hint="Earlier contacts and open work stand beside this page."
    )

    clocks = (Clock("contact.screen", starts="received_on", met_by="decided_on"),)

    def headline(self) -> str:
        if self.caller_is_protected:
            return "Contact from someone whose name is protected"
        return f"Contact: {self._meta.get_field('source').shown(self.source).lower()}"  # type: ignore[union-attr]


class ContactChild(EachChild):
    """What is recommended and decided for one child of the contact."""

    of = Contact
    heading = "What should happen for each child"

    worry = Words("What is the worry for this child?", needed=RECORD, is_own=True)
    recommended = One("What do you recommend?", codes="front_door.outcome", needed=RECORD)
    recommended_why = Words("Why?", needed=RECORD)
    decision = One("What is decided?", codes="front_door.outcome", needed=DECIDE, is_own=True)
    decision_why = Words("What is the reason for the decision?", needed=DECIDE, is_own=True)
