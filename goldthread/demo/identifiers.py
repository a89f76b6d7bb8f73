"""Numbers that pass every check and belong to nobody: NHS numbers of the test range, UPNs of a council there is none of."""

from datetime import date

from stdnum.gb import upn

from goldthread.demo.places import LA_CODE

WEIGHTS = range(10, 1, -1)


def nhs_number(place: int) -> str | None:
    """The `place`-th of the range 999, which the NHS never gives out; None where the check digit would be ten."""
    first = f"999{place * 7919 % 1_000_000:06d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11
    return None if check == 10 else first + str(check % 11)


def unique_pupil_number(place: int, born_on: date) -> str:
    """A UPN of council 999: its letter fits, its council does not exist. `place` is below ten million."""
    entered = born_on.year + 4 + (born_on.month > 8)
    digits = f"{LA_CODE}{place // 1000 % 10_000:04d}{entered % 100:02d}{place % 1000:03d}"
    return upn.calc_check_digit(digits) + digits
