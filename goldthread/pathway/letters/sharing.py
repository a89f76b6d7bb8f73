"""What a letter, or somebody in its place, told whom, written down with its purpose and basis."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from goldthread.core.documents.models import WAYS, Addressee, Letter
from goldthread.core.people.models import Person
from goldthread.core.sharing.actions import keep_shares, share
from goldthread.core.sharing.models import Share
from goldthread.core.sharing.reasons import reason_for
from goldthread.pathway.letters.declared import LetterKind


def note_letter(kind: type[LetterKind], letter: Letter, by: Any) -> None:
    """It has gone, and tells of the children it was decided to tell of."""
    made = share(
        what=Share.LETTER, thing=letter.reference, reason=reason_for(letter.record_id, kind.shared_for), children=_keys(letter.children),
        to_whom=str(letter.person), by=by, record=letter.record, person=letter.person, how=WAYS[letter.way], at=letter.gone_at,
    )  # fmt: skip
    keep_shares([made])


def note_told(kind: type[LetterKind], addressee: Addressee, children: Iterable[str], on: date, by: Any) -> None:
    """Told in person, in the place of a letter."""
    made = share(
        what=Share.TOLD, thing=addressee.reference, reason=reason_for(addressee.record_id, kind.shared_for), children=_keys(children),
        to_whom=str(addressee.person), by=by, record=addressee.record, person=addressee.person, how="In person", on=on,
    )  # fmt: skip
    keep_shares([made])


def _keys(references: Iterable[str]) -> list[int]:
    return list(Person.objects.filter(reference__in=list(references)).values_list("pk", flat=True))
