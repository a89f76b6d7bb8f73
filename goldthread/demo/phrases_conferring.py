"""What is said at conferences and core groups: sentences with their alternatives, as `telling` reads them."""

GOOD = (
    "{m} [brings {kids} to school every day now|rings when she is worried|has a sister who helps]. {s} [see a change|know the family well].",
    "[A grandmother has them at weekends|The flat is warm and clean|{m} asked for help herself]. {kids} [laugh together|have friends at school].",
)
HEARD = (
    "Everybody [heard the same worry from another side|added a piece]: {c} [is frightened at night|has been hurt|goes without]. {m} [agreed with most of it|was angry and stayed].",
    "The reports [agree|differ on the father]. [The police have nothing new|Two calls in the autumn]. What {c} says has [not changed|become clearer].",
)
SAYS = (
    "{p} [agrees that it cannot go on like this|does not agree with the school’s report|wants the help and is afraid of the plan|read the reports the night before].",
    "{p} [says that it was an accident|says that things are calmer now|is sorry|wants to be asked, not told].",
)
WHY_APART = ("There is an order that keeps {p} away from {m}.", "{m} is afraid to speak in front of {p}; the police agree.")
APART = ("The chair meets {p} the day before and reads out what {p} says.", "{p} comes for the first half hour, by another door.")
ARRIVES = ("{p} arrives first and sits by the door.", "Nothing special is needed.", "{p} leaves ten minutes after the others.")
REASONS = (
    "{c} [has been harmed and it is likely to happen again|is likely to be harmed while nothing at home changes]; [what protects {c} is new and untried|nobody at home can keep {c} safe alone].",
    "The harm to {c} is [lasting and plain in how {c} behaves|not one day but a pattern], and [help by agreement has been tried|the parents need telling what must change].",
)
NO_PLAN = (
    "{c} is [safe with {m} and the family round her|not living with the danger any more], and the help offered has been taken.",
    "What happened to {c} was [serious and is over|one night], and {m} [did the right thing at once|has not wavered].",
)
CONTINGENCY = (
    "If {f} comes to the house or {c} is hurt again, the worker is rung that day, the night team after five, and we go to court for an order.",
    "If {c} is not seen for a week, or {m} drinks again, a strategy discussion that same day, and a legal meeting within the week.",
)
CHANGED = (
    "{c} [has come to school every day since half term|sleeps through|has gained weight]: seen by [{s}|the health visitor|two visitors without notice].",
    "[{f} has stayed away and the police confirm it|{m} has been sober for four months, by test and by what the family says]; {c} [says that it is quiet|plays again].",
)
NOT_YET = ("For {c} little has changed: [the appointments were kept, the shouting goes on|three visits found nobody in].", "{c} is better fed and still [hides food|flinches]; {s} [worry as before|see it weekly].")  # fmt: skip
REMAINS = ("{f} [is released in spring|may come back], and {m} may [let him in to see {c}|leave {c} alone with him].", "{m} could [drink again under strain|lose the flat]; {c} would [say so at school|not say so].")  # fmt: skip
WATCHES = (
    "{s} and the health visitor; a missed week brings us back.",
    "The family help worker for three months; a call to the police brings us back.",
)
DONE = (
    "[Most of it|All but one thing]: the [bed came|school meals were arranged|class began]; [the drug service has a waiting list|the father has not rung back].",
)
FAMILY = ("{m} [likes the visits|wants fewer people in the house|says the plan is plain]. [The father was not there|{f} sent a message].",)
HOW = (
    "{c} is [calmer|much as before|tired] and [talks more|has a friend round|misses the old house].",
    "{s} say that {c} [joins in|is late twice a week|eats well].",
)
STILL = ("{c} needs [a bed of {c}’s own|the same bedtime|to be fetched on time]: {w} and {m}, [by Friday|before half term].", "{m} takes {c} to [the dentist|the nurse]; {w} rings on Monday.")  # fmt: skip
WHY_ABSENT = ("On leave, and nobody covered.", "In clinic.", "The invitation came too late.", "A court case ran over.")
OTHERWISE = (
    "What {c} says has not changed, and the risk has not.",
    "The family has done what was asked for {c}; a plan is more than is needed.",
)
