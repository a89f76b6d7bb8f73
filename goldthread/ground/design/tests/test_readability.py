"""How hard words are to read: an estimate, sound within what it says of itself."""

from hypothesis import given
from hypothesis import strategies as st

from goldthread.ground.design.readability import reading_of, syllables

# As counted by ear.
SPOKEN = {
    "cat": 1, "mother": 2, "make": 1, "table": 2, "wanted": 2, "jumped": 1, "makes": 1, "boxes": 2, "assessment": 3, "children": 2,
    "safe": 1, "diet": 2, "medium": 3, "special": 2, "school": 1, "together": 3, "settled": 2, "drinking": 2, "alone": 2,
    "recovery": 4, "little": 2, "while": 1, "the": 1, "people": 2, "police": 2, "careful": 2, "safely": 2, "house": 1, "years": 1,
    "appointment": 3, "professional": 4, "parents": 2, "happened": 2, "worried": 2, "tried": 1, "change": 1, "changes": 2, "nurse": 1,
    "weekend": 2, "daniel": 3, "serious": 3, "alcohol": 3, "agencies": 3, "communicate": 4, "bedtime": 2, "one": 1, "visited": 3,
    "shouting": 2, "emotional": 4, "protection": 3, "called": 1, "hours": 1, "usually": 4, "situation": 4, "going": 2, "doing": 2,
    "quiet": 2, "plays": 1, "night": 1, "multi-agency": 5,
}  # fmt: skip
EASY = (
    "Dan will not drink when he looks after the children. He will go to the Tuesday group each week. Gran will come if he has had a drink."
)
HARD = (
    "The multi-agency network will undertake a comprehensive assessment of parental capacity in order to facilitate the implementation "
    "of appropriate safeguarding interventions for the duration of the statutory intervention."
)


def test_syllables_are_right_in_nine_words_of_ten():
    wrong = {word: syllables(word) for word, spoken in SPOKEN.items() if syllables(word) != spoken}
    assert len(wrong) <= len(SPOKEN) / 10, wrong


def test_plain_words_are_easy_and_the_words_of_offices_are_not():
    assert reading_of(EASY).said == "Reading age about 6: easy for most."
    assert reading_of(HARD).age >= 18
    assert reading_of(HARD).said.startswith(
        f"Reading age about {reading_of(HARD).age}: hard for many. The longest sentence has 28 words; try two. Long words: multi-agency"
    )


def test_a_few_words_are_too_few_to_say():
    assert reading_of("Nobody shouts at night.").said == ""


def test_a_list_without_full_stops_is_not_one_long_sentence():
    assert reading_of("Grace goes to the group\nDan moves out by May\nGran comes on Sundays").longest == 5


@given(st.text(max_size=400))
def test_anything_typed_can_be_read(text):
    reading = reading_of(text)
    assert reading.age is None or 5 <= reading.age <= 22
    assert reading.longest <= reading.words


@given(st.lists(st.sampled_from(["We", "will", "see", "the", "children", "together"]), min_size=8, max_size=30))
def test_one_sentence_cut_in_two_is_never_harder(words):
    half = len(words) // 2
    whole, cut = " ".join(words), " ".join(words[:half]) + ". " + " ".join(words[half:])
    assert reading_of(cut).age <= reading_of(whole).age
