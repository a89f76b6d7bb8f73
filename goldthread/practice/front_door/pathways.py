"""What may follow at the front door.

A decision on a contact is per child. A concern about a child who is already open goes to the worker and manager the
same day and makes no new referral (practice rules; census: no referral is recorded while a case is open).
"""

# Outcomes of a contact (codes front_door.outcome) that ask children's social care to act.
BECOMES_A_REFERRAL = ("referral", "strategy_discussion")
GOES_TO_THE_WORKER = "open_case"
STRATEGY_NOW = "strategy_discussion"  # may start from a contact or an open plan; for an open child it makes no referral

# Held at once, before any referral or assessment; by kind, because rooms meet through the kernel.
DISCUSSION = "protection.strategy_discussion"

# Responses to a referral (codes front_door.response) and the process each opens, named by kind: rooms meet through the kernel.
OPENS = {
    "assessment": "family_help.child_and_family_assessment",
    "strategy_discussion": "family_help.child_and_family_assessment",  # the assessment is the usual vehicle of an enquiry
}
