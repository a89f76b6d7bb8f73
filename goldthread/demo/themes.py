"""What families are worried about: the words a caller, a worker and a manager would use, by the kind of worry.

In a sentence: {c} the child, {kids} the children, {m} the mother, {f} the father or partner, {s} the school, nursery or surgery; {are}, {were} and {live} agree with {kids}.
[one|two|three] is one of them. Weights are our assumption within England's published shares of main need.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    key: str
    weight: int
    need: str  # codes cin.primary_need
    factors: tuple[str, ...]  # codes cin.assessment_factors, the likeliest first
    says: tuple[str, ...]
    worry: tuple[str, ...]
    history: tuple[str, ...]
    means: tuple[str, ...]
    change: tuple[str, ...]
    note: tuple[str, ...]
    fits: tuple[int, int] = (0, 17)  # ages of the eldest child
    danger: float = 0.06


THEMES = (
    Theme(
        "domestic_abuse", 27, "N1", ("3B", "3A", "4B", "17A", "1C"),
        (
            "Officers were called to the address [at about 22:40|just after midnight|early in the evening] by a neighbour who heard shouting. {m} had [a red mark on her cheek|a swollen lip|no visible injury but was very shaken]. {f} had left. {kids} [{were} upstairs|{were} awake and crying|had seen some of it].",
            "{m} told us [this morning|at the appointment] that {f} [grabbed her by the arm|pushed her against the door|has been checking her phone and keeping her money]. She is frightened of what he will do. {kids} {are} in the home.",
            "{c} [told a teaching assistant|wrote in a feelings diary] that {f} [shouts and breaks things|hurt mum again|came to the house when he is not allowed].",
            "I live next door. There has been [screaming and banging|a row every few nights] and I can hear the children. I do not want them to know it was me.",
        ),
        (
            "{c} has [heard|seen] {f} hurt and frighten {m}, and [does not sleep well|is watchful at home|has tried to get between them].",
            "{c} lives with shouting and fear between {m} and {f}. [It is getting worse|It has happened at least three times this year].",
            "{f} is no longer in the home but comes back, and {c} [hides when the bell rings|is afraid for {m}].",
        ),
        ("[Two|Three|Four] earlier police notifications of arguments between {m} and {f}, closed with advice. {m} did not feel able to speak with him in the room.", "A refuge stay before the family moved here; {m} says the other council helped for a few months and then stopped."),
        (
            "{f}’s behaviour is a pattern of control, not a run of arguments. {m} has done much to keep the children safe and carries it alone. Without support he is likely to return and the children will go on living in fear.",
            "{m} and {f} have separated and the danger is highest now. The children are relieved and frightened at once. What protects them is that {m} speaks openly and that family members know.",
        ),
        ("{f} does not come to the home; {m} has an advocate from the domestic abuse service; the children have someone of their own to talk to.", "The children go to sleep without listening for the door, and no new incident is reported."),
        ("Met {m} [at the children’s centre|at the school], not at home, so that {f} would not know. She has [kept the new locks|spoken to the advocate|saved his messages].", "Rang the domestic abuse service: {m} [was heard at this week’s risk conference|is on the waiting list for the group|has missed one appointment]."),
        danger=0.14,
    ),
    Theme(
        "neglect", 15, "N1", ("16A", "4B", "2B", "1B"),
        (
            "{c} comes to {s} [hungry|in the same clothes all week|tired and often late]. Attendance is [71|78|64|82] per cent. Nobody answers when we ring {m}.",
            "Home visit today: [little food in the kitchen|no bedding on {c}’s bed|dog mess in the hall, rubbish in the kitchen]. {m} was [low and tearful|hard to wake|defensive]. I am worried about how long this has gone on.",
            "{c} has missed [three|four] appointments, [two dental|one with the paediatrician among them], and is under the expected weight.",
        ),
        (
            "{c} is not given what [he or she|a child of this age] needs day to day: [meals, warmth and clean clothes|someone who notices|help to get to {s}].",
            "The home is [cold and dirty|unsafe for a small child], and {c} [often fends for themselves|is left with older children].",
            "{c}’s health and learning are falling behind because appointments and school days are missed.",
        ),
        ("Help was offered twice in the last three years and worked while it lasted. Each time things slid back within six months.", "Health visiting and school have both written their worries down for more than a year. No one had put the two accounts together."),
        (
            "This is neglect that comes and goes with {m}’s [mood|tiredness|isolation]. She loves the children and can do it when someone stands beside her. What matters is whether the change lasts without us.",
            "Each worry on its own looks small. Together they say that the children’s days are unpredictable and that no adult is keeping count.",
        ),
        ("The children have breakfast, clean clothes and a bed each; school attendance is above 93 per cent for a term.", "Missed health appointments are made up, and {m} has one person to call on bad days."),
        ("Unannounced visit. [Food in the fridge, beds made|Kitchen no better than last time|Better than last month: the table was clear and there was bread and fruit].", "{s} says {c} has been [on time four days in five|in the same jumper again|brighter this week]."),
    ),
    Theme(
        "physical_harm", 10, "N1", ("18C", "3A", "17A"),
        (
            "{c} came in with a [bruise on the left cheek|mark on the upper arm shaped like fingers|sore back] and said [“{f} did it”|“I got smacked with the belt”|nothing when asked, then that {m} was cross].",
            "Attended with {m}. [Bruising to the ear|A healing fracture] and an account that [changed between the nurse and the doctor|does not fit the child’s age]. {c} is [on the ward|with us in the department] now.",
        ),
        ("{c} [has been hit|says {f} hits with a hand or a belt] and is afraid to go home when in trouble.", "An injury to {c} has no explanation that fits."),
        ("One earlier contact, when {c} had a bruise and the family said it was from play. It was closed on the telephone.", "No earlier contact with us. The family has lived in the borough for [two|five|eight] years."),
        (
            "{f} used physical punishment as he was brought up with, and did not see it as harm until the talk with us. {c} was clear and has been believed. The parents have agreed what they will do instead, and {c} knows whom to tell.",
            "The injury was not an accident and the adults are not telling us the whole of it. {c} is too young to protect themselves.",
        ),
        ("No one hits the children; {m} and {f} can each say what they do instead when they are angry.", "{c} says home is calm and can name two adults to tell."),
        ("Joint visit with the police officer. {c} was seen alone at {s} and said [the same as before|a little more than before].", "Medical arranged at the hospital for [10:30|14:00]; {m} came and agreed to it."),
        danger=0.24,
    ),
    Theme(
        "sexual_harm", 4, "N1", ("19C", "19B", "11A"),
        (
            "{c} told [a friend’s mother|the school nurse|a teacher] that [an older cousin|a man known to the family|a boy two years above] has touched [him or her|them]. {c} has not been asked any more about it.",
            "Behaviour at {s} that goes beyond what is usual for the age, and a drawing that worried staff. {m} has not been told yet, on our advice.",
        ),
        ("{c} may have been sexually harmed by someone the family knows and trusts.", "{c} is being [messaged|given gifts] by an adult met online."),
        ("Nothing earlier about this. {m} told us that she was harmed herself as a child and that nobody believed her.",),
        ("{c} has spoken once and been believed. {m} is protective and torn, because the person is family. The plan must hold when relatives press her.",),
        ("{c} has no contact with the person; the police enquiry is supported; help to recover has begun.",),
        ("Spoke with the officer in the case: [the interview is booked|no decision yet|the telephone is being looked at]. Nothing of this is to be shared with family.",),
        (3, 16), 0.2,
    ),
    Theme(
        "parents_conflict", 12, "N5", ("17A", "4A", "3B"),
        (
            "{m} and {f} are [before the family court|arguing at every handover], and each says the other harms {kids}. {c} told us [“they both want me to say bad things”|it is like being a parcel].",
            "{f} rang to say that {m} [drinks|leaves them alone|has a new man in the house]. He has not seen {kids} for [six weeks|four months].",
        ),
        ("{c} is in the middle of {m} and {f}’s quarrel and is asked to carry messages.", "{c} [refuses to go to {f}|is anxious before every handover]."),
        ("Private law proceedings since last year; two earlier contacts, one from each parent about the other.",),
        ("Neither parent means harm, and both do harm by it. The children’s upset is about the quarrel, not about either home.", "What looks at first like conflict between equals has fear in it: {m} has changed her number twice. That must be named."),
        ("Handovers happen without a quarrel; the children are not asked to take sides.",),
        ("Call from {f}, who [was calm|shouted]; told him what I can and cannot share.", "Saw {c} at {s}: [“It’s better when they don’t meet”|did not want to talk about it today]."),
    ),
    Theme(
        "acute_stress", 9, "N4", ("4B", "20"),
        (
            "Family of [four|five] in one room of a hotel, [told to leave by Friday|no money since the claim stopped]. {m} has no recourse to public funds. {kids} {are} [sleeping on the floor|eating at school only].",
            "{m} was made redundant, the rent is [three|five] months behind and she [cannot stop crying|says she cannot see a way through].",
        ),
        ("{c} has [no settled home|moved four times since last summer] and it shows at {s}.", "{m} is overwhelmed, and {c} is [looking after her|looking after the little ones]."),
        ("No earlier involvement. The family managed well until {m} lost her work.", "Known to housing for two years; a short spell of early help ended when the family was moved."),
        ("The parenting is warm and good enough. What is hurting the children is poverty and housing, and the answer lies with agencies more than with {m}.",),
        ("A settled home, money coming in, and the children at one school.",),
        ("Rang housing: [offer expected next week|they want the form again|no property of that size]. Told {m}.", "Section 17 payment of £[40|60|85] agreed for food and [travel|electricity]."),
    ),
    Theme(
        "parents_health", 9, "N3", ("4B", "6B", "5B", "7A"),
        (
            "{m} was [detained under the Mental Health Act|admitted] [last night|on Sunday]. {kids} {are} with [an aunt|a neighbour]. She had stopped her medication and [believed the neighbours were listening|was not eating].",
            "{m} has [multiple sclerosis|a learning disability] and {c} does [the cooking and the washing|the shopping and gives the tablets]. {s} says {c} is exhausted.",
        ),
        ("{c} worries about {m} all day and [comes home to check on her|does not bring friends home].", "When {m} is unwell nobody is caring for {c}."),
        ("{m} has been unwell twice before; each time her sister came to stay. The sister has since moved away.",),
        ("When {m} is well she is a thoughtful parent. The risk is in the first days of an illness, before anyone notices. A plan that names who does what on those days will protect the children.",),
        ("There is a plan for bad days that {c} knows; {m}’s workers and ours speak to one another every month.",),
        ("Care co-ordinator says {m} is [settled on the new dose|not answering the door]. Next review [in two weeks|on Thursday].",),
    ),
    Theme(
        "substance_use", 6, "N1", ("2B", "1B", "16A", "4B"),
        (
            "{m} smelled strongly of drink at pick-up [at 15:15|yesterday], with {c} in the car. A friend drove them home.",
            "{f} was arrested with class A drugs at the address. {kids} {were} in the living room. [Needles|Foil and a pipe] within reach.",
        ),
        ("{c} is cared for by adults who are drinking or using drugs, and [cannot count on them|has had to wake {m}].",),
        ("{m} completed a programme three years ago and stayed well for two years. {f} came back last spring.",),
        ("{m} is honest about relapse, which is more than we had before. The children are safest on the days when grandmother is there. That cannot be every day.",),
        ("{m} works with the recovery service and is not alone with the children when she has been drinking.",),
        ("Recovery worker: [two clear tests|missed Monday|engaging well]. {m} told me herself before I asked.",),
    ),
    Theme(
        "harm_outside_home", 6, "N6", ("24A", "13A", "10A", "2A", "14A"),
        (
            "{c} was found [in a flat in another town|at a station 60 miles away] with [two phones|cash and a knife] after being missing for [two nights|nineteen hours].",
            "{c} has been [stopped with cannabis twice|excluded for bringing a blade] and is seen with much older boys. {m} is frightened for [him or her|them].",
        ),
        ("{c} is being used by older people to carry drugs and [owes them money|is afraid to stop].", "{c} goes missing at night and will not say where."),
        ("Five missing episodes since the spring. A younger brother has begun to copy {c}.",),
        ("{c} is a child being exploited, not a child making choices. The parents are protective and have run out of ideas. Harm lies outside the home and so must the plan.",),
        ("{c} is back in education, has an adult worth trusting, and the police act on those who exploit.",),
        ("{c} agreed to [a burger and a walk|ten minutes in the car]. Talked about [music|boxing|nothing much]. That is a start.",),
        (12, 17), 0.12,
    ),
    Theme(
        "own_distress", 6, "N5", ("15A", "4A", "17A"),
        (
            "{c} took [an overdose of paracetamol|a number of {m}’s tablets] last night and is [medically fit today|waiting to be seen by CAMHS]. Says home is [unbearable|fine, and nobody believes that].",
            "{c} showed a friend cuts on both arms. [The friend told us|School rang {m}, who already knew].",
        ),
        ("{c} is harming themselves and [cannot say why|says nobody at home talks].",),
        ("A CAMHS referral last year was not taken up: the letter went to an old address.",),
        ("{c}’s distress has a reason: the loss of [a grandparent|a friend], and a home where nobody speaks of it. {m} is willing and needs to be shown how.",),
        ("{c} has a safety plan made in {c}’s own words, and help that does not stop at the first missed appointment.",),
        ("CAMHS: [assessment on the 14th|first session went well|waiting list is five months]. Told {c} by text, as asked.",),
        (10, 17),
    ),
    Theme(
        "disability", 8, "N2", ("6A", "5A", "4B"),
        (
            "{c} has [autism and a learning disability|cerebral palsy] and {m} says she [has not slept for months|cannot lift {c} any longer]. She asks for [short breaks|an assessment].",
            "Paediatrician asks for an assessment: {c}’s care now takes two people and {m} is alone since {f} left.",
        ),
        ("{c}’s needs are more than {m} can meet alone, and [the other children miss out|she is at the end of her strength].",),
        ("Short breaks for eighteen months, which stopped when the provider closed.",),
        ("This is a devoted family without enough help. {c} thrives with routine; the strain is on those who keep it.",),
        ("Short breaks that fit {c}; {m} sleeps three nights a week; the brothers and sisters get time of their own.",),
        ("Short-breaks panel: [agreed|deferred for costings]. {m} in tears, with relief I think.",),
    ),
    Theme(
        "nobody_to_care", 2, "N8", ("8F", "20"),
        ("{c} has been living with [a family friend|an uncle] since {m} went abroad [in the spring|for a funeral] and nobody has parental responsibility here.",),
        ("No one who may decide for {c} is in the country.",),
        ("Not known to us before.",),
        ("{c} is well cared for by people who did not plan to. What is missing is an arrangement that would hold.",),
        ("The carers have a legal footing and support; {c} speaks with {m} every week.",),
        ("Visited {c} in the carers’ home: own room, school bag packed, [homesick|cheerful].",),
        (6, 16),
    ),
)  # fmt: skip


def theme(key: str) -> Theme:
    return next(found for found in THEMES if found.key == key)
