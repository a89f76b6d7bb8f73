"""How hard words are to read: shown to whoever writes for a family, never in the way of saving.

The Flesch–Kincaid grade (Kincaid and others, 1975): 0.39 × words a sentence + 11.8 × syllables a word − 15.59. Five more is
the age at which somebody at school reads it with ease. Syllables are counted by rule, right in some nine words of ten and
wrong both ways, so an age is said as “about” and never for a few words alone. GOV.UK writes for a reading age of nine; more
than one adult in seven in England reads no better than an eleven-year-old.
"""

import re
from dataclasses import dataclass

SENTENCE = re.compile(r"[.!?…]+(?=\s|$|[”’\"])|\n+|;")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouyáéíóúàèìòùäëïöü]+")
FEWEST = 8  # words; below that one long word decides everything
EASY, HARDER = 11, 13  # reading ages
LONG_SENTENCE = 20  # words
HARD_WORD = 4  # syllables
# Vowels side by side that are spoken apart: di-et, go-ing, us-u-al, med-i-um, ser-i-ous; but spe-cial, sta-tion, con-scious.
SPOKEN_APART = (r"iet", r"[aeou]ing", r"ua", r"(?<![ctsg])i[ao](?!u)", r"(?<![ctsgx])iou", r"iu", r"eo(?!p|u)")
# An e that is written and not spoken: make, ca-re-less, safe-ly, jumped, makes; but ta-ble, want-ed, set-tled, box-es, wor-ried.
SILENT = (
    r"[^aeiouylw]e$|[aeiou]le$|[aeo]we$",
    r"[^aeiou](?:eful|eless|ely|ement)",
    r"(?:[^aeioutdl]|[aeioul]l)ed$",
    r"[^aeioucgszxl]es$|[aeiou]les$",
)
# What the rules below miscount in words this field uses every day.
SYLLABLES = {
    "area": 3, "being": 2, "carefully": 3, "child’s": 1, "create": 2, "every": 2, "family": 3, "idea": 3, "people": 2, "science": 2,
    "social": 2, "something": 2, "sometimes": 2, "used": 1, "violence": 3, "violent": 3, "moment": 2, "someone": 2, "homework": 2,
    "safeguarding": 4, "behaviour": 3, "implementation": 5, "safely": 2, "placement": 2, "involvement": 3, "agreement": 3, "statement": 2, "movement": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """One text: its words, those of its longest sentence, its hardest words, and about how old a reader must be (None: too short to say)."""

    words: int
    longest: int
    hard: tuple[str, ...]
    age: int | None

    @property
    def is_easy(self) -> bool:
        return self.age is None or self.age <= EASY

    @property
    def said(self) -> str:
        """ "Reading age about 14, hard for many parents. The longest sentence has 31 words. Long words: implementation." Empty when too short."""
        if self.age is None:
            return ""
        how = "easy for most" if self.age <= EASY else "harder than it need be" if self.age <= HARDER else "hard for many"
        said = [f"Reading age about {self.age}: {how}."]
        if self.longest > LONG_SENTENCE:
            said.append(f"The longest sentence has {self.longest} words; try two.")
        if self.hard and not self.is_easy:
            said.append(f"Long words: {', '.join(self.hard[:4])}.")
        return " ".join(said)


def reading_of(text: str) -> Reading:
    """How hard this is to read. A line or a list’s item without a full stop counts as a sentence."""
    sentences = [found for found in (WORD.findall(part) for part in SENTENCE.split(text)) if found]
    words = [word for sentence in sentences for word in sentence]
    longest = max((len(sentence) for sentence in sentences), default=0)
    hard = tuple(dict.fromkeys(word.lower() for word in words if syllables(word) >= HARD_WORD))
    if len(words) < FEWEST:
        return Reading(len(words), longest, hard, None)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return Reading(len(words), longest, hard, min(max(round(grade) + 5, 5), 22))


def syllables(word: str) -> int:
    """Groups of vowels, more where two are spoken apart, fewer where an e is silent; one at least. Parts of a hyphenated word are counted apart."""
    if "-" in word:
        return sum(syllables(part) for part in word.split("-") if part)
    plain = word.lower().replace("'", "’")
    if plain in SYLLABLES:
        return SYLLABLES[plain]
    plain = plain.split("’")[0]
    groups = len(VOWELS.findall(plain))
    groups += sum(len(re.findall(pattern, plain)) for pattern in SPOKEN_APART)
    groups -= sum(bool(re.search(pattern, plain)) for pattern in SILENT)
    return max(groups, 1)
