"""Why something is shared: purpose, lawful basis (UK GDPR art 6) and condition (art 9), proposed from the purpose.

For safeguarding, agreement is never what is proposed (rules of practice: the lawful basis of each share is a fact of its own).
"""

from dataclasses import dataclass

from goldthread.core.sharing.models import CONSENT, Grounds
from goldthread.ground.codes.code_lists import codes


@dataclass(frozen=True)
class Reason:
    """Codes of sharing.purpose, sharing.lawful_basis and sharing.condition; and words where somebody wrote them."""

    purpose: str
    basis: str
    condition: str
    why: str | None = None

    @property
    def words(self) -> str:
        """ "Child protection: conference, plan or core group. Public task: …"."""
        return f"{codes('sharing.purpose').label(self.purpose)}. {codes('sharing.lawful_basis').label(self.basis)}."

    @property
    def law(self) -> str:
        """The articles, as the lists have them."""
        lists = (("sharing.lawful_basis", self.basis), ("sharing.condition", self.condition))
        return " ".join(note for name, code in lists if (note := codes(name)[code].note))


def proposed_for(purpose: str) -> Reason:
    """What the purpose itself proposes."""
    listed = codes("sharing.purpose")
    return Reason(purpose, str(listed.other(purpose, "basis")), str(listed.other(purpose, "condition")))


def reason_for(record: int, purpose: str) -> Reason:
    """What somebody decided for this record's shares last; else what the purpose of such a thing proposes."""
    said = Grounds.objects.filter(record=record).order_by("-pk").first()
    return Reason(said.purpose, said.basis, said.condition, said.why) if said else proposed_for(purpose)


def problem_with(reason: Reason) -> tuple[str, str] | None:
    """Which answer cannot stand, and why; None when all can."""
    for name, code in (("purpose", reason.purpose), ("lawful_basis", reason.basis), ("condition", reason.condition)):
        if problem := codes(f"sharing.{name}").check(code):
            return name.replace("lawful_basis", "basis"), problem
    if reason.basis == CONSENT and not reason.why:
        return "why", "Say who agreed, when, and that they know they may take it back. For safeguarding, agreement is not the basis."
    if (reason.basis, reason.condition) == (CONSENT, "safeguarding"):
        return "condition", "What somebody agreed to rests on their agreement: choose “agreed to it in express words”, or another basis."
    proposed = proposed_for(reason.purpose)
    if reason.basis != proposed.basis and not reason.why:
        usual = codes("sharing.lawful_basis").label(proposed.basis)
        return "why", f"Say why the basis is not the usual one for this purpose (“{usual}”)."
    return None
