from goldthread.practice.front_door.contact import Contact, ContactChild
from goldthread.practice.front_door.describing.person import DescribedPerson
from goldthread.practice.front_door.feedback import Feedback
from goldthread.practice.front_door.referral import Referral, ReferralChild

__all__ = ["Contact", "ContactChild", "DescribedPerson", "Feedback", "Referral", "ReferralChild"]
