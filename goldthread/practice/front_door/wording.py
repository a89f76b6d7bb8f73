"""How the front door asks for things: said once, for the actions and for whatever writes many records at a time."""

from collections.abc import Sequence

from goldthread.core.people.words import names_of

RECEIPT = "Thank you. We have received what you told us."


def ask_to_decide_contact(children: Sequence[object], *, danger_now: bool | None) -> str:
    return f"{'Immediate danger: d' if danger_now else 'D'}ecide what happens next for {names_of(children)}"


def ask_to_decide_referral(children: Sequence[object]) -> str:
    return f"Decide on the referral of {names_of(children)}"


def ask_to_tell_referrer(children: Sequence[object]) -> str:
    return f"Tell the referrer about {names_of(children)}"


def ask_to_read_today(child: object) -> str:
    return f"Read today: a new worry about {child}"


def outcome_for_referrer(decision: str) -> str:
    """`decision` as its code list has it."""
    return f"Thank you for your referral. The decision is: {decision.lower()}."


def ask_to_act_on_danger(words: str) -> str:
    """The words cut to a line; the contact holds them all."""
    line = " ".join(words.split())
    return f"Immediate danger: {line if len(line) <= 120 else line[:119].rsplit(' ', 1)[0] + '…'}"


def outcomes_for_caller(decided: Sequence[tuple[object, str]]) -> str:
    """(child, outcome) for each child the caller told us about."""
    if len({outcome for _, outcome in decided}) == 1:
        return f"Thank you for telling us. The decision is: {decided[0][1].lower()}."
    return f"Thank you for telling us. What we decided: {'; '.join(f'{child}, {outcome.lower()}' for child, outcome in decided)}."
