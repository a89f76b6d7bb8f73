"""Who a newcomer can sign in as, with one click each: their post, what they may do, and why one would be them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """`team` is a key of `staff.TEAMS`; `line` is what the sign-in page says of them."""

    username: str
    name: str
    post: str
    team: str
    line: str
    is_manager: bool = False
    duties: tuple[str, ...] = ()
    profession: str | None = "Social worker"


CHAIR = "beatriz.sorrell"
PEOPLE = (
    Person("yasmin.haddad", "Yasmin Haddad", "Front-door worker", "front_door", "Takes calls, finds the family, recommends what should happen.", duties=("front_door",)),
    Person(
        "martin.everett", "Martin Everett", "Front-door manager", "front_door", "Decides on contacts and referrals; has the board of the day.",
        is_manager=True, duties=("front_door",),
    ),
    Person("grace.boateng", "Grace Boateng", "Social worker", "assessment_1", "Assesses families: sees children, writes what she learned, sends it for authorisation."),
    Person("rhys.prosser", "Rhys Prosser", "Social worker", "assessment_1", "Assesses families; has a late one and one that was sent back."),
    Person("nusrat.talukder", "Nusrat Talukder", "Team manager", "assessment_1", "Allocates, authorises and sends back assessments.", is_manager=True),
    Person("dele.afolayan", "Dele Afolayan", "Social worker", "family_help_1", "Works with children in need and their plans."),
    Person("orla.tierney", "Orla Tierney", "Team manager", "family_help_1", "Reads the plans of her team and decides on closing.", is_manager=True),
    Person("keisha.bartley", "Keisha Bartley", "Social worker", "protection_1", "Works with children on protection plans."),
    Person("sunil.vaghela", "Sunil Vaghela", "Team manager", "protection_1", "Answers for the protection team.", is_manager=True),
    Person("helen.frost", "Helen Frost", "Service manager", "service", "Sees every team in her line, and what is late in each.", is_manager=True),
    Person("tomasz.wrona", "Tomasz Wrona", "Out-of-hours worker", "out_of_hours", "Alone at night: takes calls and decides.", duties=("out_of_hours",)),
    Person(
        "patience.eshun", "Patience Eshun", "Head of safeguarding and quality", "quality", "Leads on restricted records: lets named people in, reads who looked.",
        duties=("restricted_lead", "information_governance"),
    ),
    Person(CHAIR, "Beatriz Sorrell", "Conference chair", "quality", "Chairs child protection conferences, outside every line.", duties=("conference_chair",)),
    Person("wei.kwok", "Wei Kwok", "Data and performance officer", "quality", "Counts, and asks after what the census will query.", duties=("data_officer",), profession=None),
    Person("morag.urquhart", "Morag Urquhart", "System administrator", "quality", "Signs off rules, adds people and teams.", duties=("administrator",), profession=None),
    Person("ines.almeida", "Inês Almeida", "Inspector", "quality", "While the inspection lasts: reads any child’s record, writes nothing.", duties=("inspector",), profession=None),
    Person("jonah.prewett", "Jonah Prewett", "Analyst", "quality", "Reads figures and what is behind them, without a name.", duties=("analyst",), profession=None),
)  # fmt: skip
