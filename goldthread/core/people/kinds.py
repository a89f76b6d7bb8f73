"""The ways people are related, as the code list `people.relationship` has them. Each code names the other person's part.

HL7 codes are those of RoleCode (HL7 v3) that PUB01 lists; several of our kinds may share a broad one.
"""

from functools import cache

from goldthread.ground.codes.code_lists import codes

# Those through whom brothers and sisters follow, and whom an assessment must cover or say why not.
PARENTAL = frozenset({"mother", "father", "parent", "adoptive_mother", "adoptive_father", "adoptive_parent"})
SIBLINGS = frozenset(
    {
        "sibling",
        "brother",
        "sister",
        "twin",
        "half_sibling",
        "half_brother",
        "half_sister",
        "step_sibling",
        "adoptive_sibling",
        "foster_sibling",
    }
)
HALF = frozenset({"half_sibling", "half_brother", "half_sister"})
PARTNERS = frozenset({"spouse", "partner", "former_spouse", "former_partner"})
CHILDREN = frozenset({"child", "adopted_child", "step_child", "partners_child", "fostered_child", "privately_fostered_child", "child_of_guardian",
                      "cared_for_child", "birth_child"})  # fmt: skip

# The nearer kind of a woman and of a man.
NEARER = {
    "parent": ("mother", "father"), "adoptive_parent": ("adoptive_mother", "adoptive_father"), "birth_parent": ("birth_mother", "birth_father"),
    "step_parent": ("step_mother", "step_father"), "grandparent": ("grandmother", "grandfather"), "aunt_or_uncle": ("aunt", "uncle"),
    "sibling": ("sister", "brother"), "half_sibling": ("half_sister", "half_brother"),
}  # fmt: skip


def inverse(kind: str) -> str:
    """What the first person is to the other: a mother's is child. Symmetrical kinds come back in their plain form."""
    return codes("people.relationship").other(kind, "inverse") or kind


def plain(kind: str) -> str:
    """The broader kind that is told from the other side: brother and sister are both sibling, a mother is a child's parent."""
    return inverse(inverse(kind))


@cache
def is_symmetrical(kind: str) -> bool:
    return inverse(inverse(kind)) == inverse(kind)


def is_stored(kind: str) -> bool:
    """Whether a tie is kept this way round: a child's row points at the adult, never the other way."""
    return codes("people.relationship").other(kind, "is_stored") == "yes"


def nearer(kind: str, sex: str | None) -> str:
    """The kind for a person of this sex, where there is one: a parent who is a woman is a mother."""
    female, male = NEARER.get(kind, (kind, kind))
    return {"F": female, "M": male}.get(sex or "", kind)


def words(kind: str, sex: str | None = None) -> str:
    return codes("people.relationship").label(nearer(kind, sex))


def hl7(kind: str) -> str:
    return codes("people.relationship").other(kind, "hl7") or "FAMMEMB"
