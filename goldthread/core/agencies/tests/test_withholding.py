"""What is kept from somebody is found however it is spelt; and what only looks like it stays."""

import pytest

from goldthread.core.agencies.withholding import Plain, secrets_in, withheld
from goldthread.core.people.models import Address


@pytest.mark.parametrize(
    ("secret", "written"),
    [
        ("St Mary’s", "He goes to St Mary's now"),
        ("St Mary's", "He goes to ST MARY’S now"),
        ("St Mary’s", "He goes to St Marys now"),
        ("Zoë House", "It is Zoe House"),
        ("Loomgate School", "Loomgate-School’s gate"),
        ("07700 900123", "Ring +447700900123 today"),
        ("07700 900123", "Ring 0044 7700 900 123 today"),
        ("+44 7700 900123", "Ring 07700-900-123, please"),
        ("HW9 4TT", "It is near hw94tt."),
        ("14 Larch Close", "It is 14, larch close"),
        ("Larch Close", "It is Larch\u00ad Close"),
        ("3/12", "on 3.12. at noon"),
    ],
)
def test_a_secret_is_found_however_it_is_spelt(secret, written):
    assert Plain(written).tells(secret)
    assert "[withheld]" in withheld(written, [secret])


@pytest.mark.parametrize(
    ("secret", "written"),
    [("3/12", "Ring 01632 960 312"), ("Larch Close", "The larch is close"), ("HW9 4TT", "HW9 4TTS"), ("07700 900123", "107700900123")],
)
def test_what_only_looks_like_it_is_not_taken_for_it(secret, written):
    assert not Plain(written).tells(secret)


@pytest.mark.parametrize(
    ("name", "written", "is_named"),
    [
        ("Zoë", "Zoe is worried", True),
        ("Zoe", "Zoë’s teacher rang", True),
        ("O’Brien", "Mr O'Brien shouts", True),
        ("O'Brien", "mr obrien shouts", True),
        ("Mo", "Leo and Mo are well", True),
        ("Mo", "Mo’s father", True),
        ("Mo", "no mo than this; more of it", False),
        ("Do", "Do ring us. Do come.", False),
        ("Do", "Mrs Do is well", True),
        ("Thi", "This is well", False),
    ],
)
def test_somebody_is_named_however_it_is_spelt_and_two_letters_only_where_they_are_a_name(name, written, is_named):
    assert Plain(written).names(name) is is_named


def test_the_street_tells_as_much_as_the_number_in_it():
    """12 Elm Road is kept from somebody: so is Elm Road. A house that has only a name stays as it is."""
    assert secrets_in([Address(line1="12 Elm Road")], []) == ["12 Elm Road", "Elm Road"]
    assert secrets_in([Address(line1="Flat 2b, 12a-14 Elm Road")], []) == ["Flat 2b, 12a-14 Elm Road", "Elm Road"]
    assert secrets_in([Address(line1="Larch House")], []) == ["Larch House"]
    assert withheld("She lives in elm road, at 12 Elm  Road.", ["12 Elm Road", "Elm Road"]) == "She lives in [withheld], at [withheld]."
