"""The invented borough of Hallowmere: wards, streets, schools, surgeries. No name, postcode or number here reaches a real place or person.

There is no postcode area HW; no council has the number 999; telephone numbers are those Ofcom keeps for drama
(020 7946 0000 to 0999, 07700 900000 to 900999); e-mail ends at example.org (RFC 2606).
"""

from dataclasses import dataclass
from random import Random

TOWN = "London"
LA_CODE = "999"
INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # the letters that end a postcode

WARDS = (
    "Spindle Green", "Loomgate", "Cardinal Wharf", "Bobbin Hill", "Shuttle Fields", "Madder Lane", "Tenter Cross", "Fuller’s Marsh",
    "Selvedge Park", "Heddle Common", "Wold Bridge", "Teasel Court", "Dyer’s Reach", "Mercer’s Gate", "Pinmaker’s End", "Skein Hill",
    "Woad Street", "Carder’s Row", "Ravelin", "Nettlefold", "Silkweir", "Threadneedle Park",
)  # fmt: skip
FIRST = (
    "Alder", "Bramley", "Coppice", "Dunnock", "Elderflower", "Fallow", "Goldfinch", "Harebell", "Ironmonger", "Juniper", "Kestrel", "Larkspur",
    "Mulberry", "Nightjar", "Osier", "Pippin", "Quill", "Ropewalk", "Sorrel", "Tansy", "Umber", "Vetch", "Wagtail", "Yarrow", "Bellmaker",
    "Candlewick", "Drayman", "Fennel", "Gasworks", "Hornbeam", "Lantern", "Mallow", "Pewter", "Saltbox", "Tallow", "Wherry",
)  # fmt: skip
KINDS = ("Road", "Street", "Close", "Avenue", "Gardens", "Lane", "Walk", "Terrace", "Rise", "Grove")
BLOCKS = ("Jacquard House", "Spinner Court", "Weft Point", "Bodkin House", "Thimble Court", "Cotton House", "Flax Tower", "Tweed House")

PRIMARIES = tuple(f"{ward} Primary School" for ward in WARDS[:14])
SECONDARIES = ("Hallowmere Academy", "Loomgate School", "Nettlefold High School", "Saint Frideswide’s School", "Mere Park School")
SPECIALS = ("Lantern Field School",)
NURSERIES = ("Little Bobbins Nursery", "Acorn Loft Nursery", "Button Box Nursery", "Goslings Nursery")
SURGERIES = ("Spindle Green Surgery", "Loomgate Health Centre", "The Heddle Practice", "Madder Lane Medical Centre", "Wold Bridge Surgery")
HOSPITAL = "Queen Philippa’s Hospital"
POLICE = "Police, Mereside Command"
# Everybody else who takes part: kind (codes agency.kind) and name.
OTHERS = (
    ("health_visiting", "Hallowmere Health Visiting"), ("school_nursing", "Hallowmere School Nursing"), ("midwifery", "Queen Philippa’s Midwifery"),
    ("camhs", "Hallowmere CAMHS"), ("adult_mental_health", "Mereside Mental Health Team"), ("drug_and_alcohol", "Turning Tide Recovery Service"),
    ("domestic_abuse", "Harbour Domestic Abuse Service"), ("housing", "Hallowmere Homes"), ("probation", "Probation, Mereside"),
    ("youth_justice", "Hallowmere Youth Justice Service"), ("early_help", "Hallowmere Early Help"), ("education_services", "Hallowmere Education Welfare"),
    ("voluntary", "The Attic Youth Project"), ("ambulance", "Mereside Ambulance Crew"), ("other_local_authority", "Another council’s social care"),
    ("adult_social_care", "Hallowmere Adult Social Care"), ("cafcass", "Cafcass"), ("community_health", "Hallowmere Child Development Centre"),
)  # fmt: skip


@dataclass(frozen=True)
class Home:
    line1: str
    line2: str
    postcode: str


def agencies() -> list[tuple[str, str]]:
    """(kind, name) of every partner agency, once."""
    schools = [("school", name) for name in (*PRIMARIES, *SECONDARIES, *SPECIALS)]
    early = [("nursery", name) for name in NURSERIES]
    health = [("gp", name) for name in SURGERIES] + [("hospital", HOSPITAL)]
    return [*schools, *early, *health, ("police", POLICE), *OTHERS]


def home(rng: Random) -> Home:
    """Somewhere to live: a house or a flat in a ward."""
    ward = rng.randrange(len(WARDS))
    street = f"{rng.choice(FIRST)} {rng.choice(KINDS)}"
    postcode = f"HW{ward % 9 + 1} {rng.randint(1, 9)}{rng.choice(INWARD)}{rng.choice(INWARD)}"
    if rng.random() < 0.45:
        return Home(f"Flat {rng.randint(1, 92)}, {rng.choice(BLOCKS)}", f"{street}, {WARDS[ward]}", postcode)
    return Home(f"{rng.randint(1, 240)} {street}", WARDS[ward], postcode)


def mobile(number: int) -> str:
    return f"07700 900{number % 1000:03d}"


def landline(number: int) -> str:
    return f"020 7946 0{number % 1000:03d}"


def email(name: str) -> str:
    """ "Rósín O'Hara" → rosin.ohara@example.org."""
    from goldthread.core.people.folding import fold

    return ".".join(fold(name).split()) + "@example.org"
