"""Every pair of colours used for words can be read."""

import re
from pathlib import Path

import pytest

PALETTE = dict(re.findall(r"\$([\w-]+): (#[0-9a-f]{6});", (Path(__file__).parents[1] / "scss" / "_palette.scss").read_text()))
ON_LIGHT = ["ink", "ink-soft", "gold", "gold-deep", "red", "red-deep"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(PALETTE[one]), luminance(PALETTE[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["surface", "paper", "paper-deep", "gold-pale", "red-pale", "green-pale"])
@pytest.mark.parametrize("words", ON_LIGHT)
def test_words_stand_out_from_every_ground_they_may_lie_on(words, ground):
    assert contrast(words, ground) >= 4.5


@pytest.mark.parametrize("ground", ["gold", "gold-deep", "red", "red-deep", "ink", "green"])
def test_white_words_stand_out_on_buttons_and_strong_tags(ground):
    assert contrast("surface", ground) >= 4.5


def test_the_edges_of_boxes_and_the_focus_can_be_seen():
    assert contrast("line-strong", "surface") >= 3
    assert contrast("ink", "focus") >= 4.5
