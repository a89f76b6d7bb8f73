"""What must not stand on paper or in a file: an address kept from somebody, and whatever would give it away.

A confidential address also hides school, surgery, nursery and the names of agencies (rules of practice and safety).
"""

import re
from collections.abc import Iterable
from datetime import date

from goldthread.core.agencies.models import Involvement
from goldthread.core.people.models import Address, PersonAddress
from goldthread.core.people.models.dated import holding_on

SHORTEST = 4  # a house number alone is no address


def secrets_of(rows: Iterable[int], today: date) -> list[str]:
    """Words that would tell where these people live, the longest first. Two queries at most.

    A confidential address that has ended is still withheld: it may be where the other parent lives.
    """
    rows = list(rows)
    addresses = [stay.address for stay in PersonAddress.objects.filter(person__in=rows, is_confidential=True).select_related("address")]
    if not addresses:
        return []
    return secrets_in(addresses, Involvement.objects.filter(child__in=rows).filter(holding_on(today)).select_related("agency"))


def secrets_in(addresses: list[Address], involved: Iterable[Involvement]) -> list[str]:
    """The same from what has been read already: confidential addresses, and professionals with their agencies."""
    if not addresses:
        return []
    words = {part for address in addresses for part in (address.line1, address.line2, address.postcode) if part}
    words |= {
        told for one in involved if one.agency.kind not in ("local_authority", "police") for told in (one.agency.name, one.name) if told
    }
    return sorted({word.strip() for word in words if len(word.strip()) >= SHORTEST}, key=len, reverse=True)


def withheld(text: str, secrets: Iterable[str]) -> str:
    """The text without them, however they are spaced or written in capitals."""
    for secret in secrets:
        pattern = r"[\s,]*".join(re.escape(part) for part in re.split(r"[\s,]+", secret) if part)
        if re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}", secret):
            plain = secret.replace(" ", "")
            pattern = re.escape(plain[:-3]) + r"\s*" + re.escape(plain[-3:])
        text = re.sub(pattern, "[withheld]", text, flags=re.IGNORECASE)
    return text
