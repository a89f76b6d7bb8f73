"""A copy's references are its own, and such as could be drawn."""

import pytest

from goldthread.bench.multiply import OF_A_REFERENCE, _turned

KNOWN = "".join(OF_A_REFERENCE)


@pytest.mark.parametrize("reference", ["47898457", "cqj8emkwnb", "HDC637TD"])
def test_a_reference_is_another_in_each_of_ten_boroughs(reference):
    copies = [reference.translate(str.maketrans(KNOWN, _turned(copy))) for copy in range(10)]
    assert copies[0] == reference
    assert len(set(copies)) == 10 and set("".join(copies)) <= set(KNOWN)
