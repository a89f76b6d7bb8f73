"""Sentences of everyday practice that do not hang on one kind of worry. Notation as in `themes`."""

SAFE_NOW = (
    "{c} was seen [today|this morning|an hour ago] by [staff at {s}|the person calling] and is [with {m}|at {s}]. {c} will be at home with {m} tonight.",
    "Seen [this afternoon|at 09:15]. Sleeping at home with {m}; [grandmother is staying too|nobody else is in the home].",
    "{kids} {are} with {m}. [{f} is not there|No one else is expected]. The caller saw them [today|yesterday].",
)
SAFE_NOW_DANGER = (
    "{c} is with [officers|hospital staff] now and not to go home before we have spoken. A place for tonight is being found [with family|through the duty manager].",
)
DANGER = (
    "{f} is [outside the address|on the way to the address] and has made threats. Police are [attending|on the line].",
    "{c} is [in the department|at {s}] and afraid to go home; an adult at home is [intoxicated|violent].",
)
WHY_NOT_TOLD = (
    "Telling them now might put {c} [and {m} |]at more risk.",
    "The police asked that nobody speaks with the family before the interview.",
    "The caller could not reach {m}; we shall tell her ourselves.",
)
WHY_RECOMMENDED = {
    "no_further_action": "What is described is [below what needs us|already being dealt with by {s}], and {m} has [family around her|asked for nothing].",
    "information_and_advice": "{m} needs to know where to turn; [advice given on the telephone|the leaflet and the number sent, safely].",
    "signpost": "[The debt advice service|The family hub|The school nurse] can help with this, and {m} has agreed.",
    "early_help": "{m} would like help and it can be given [by the family hub|by early help] before things get harder.",
    "referral": "This has [gone on for some time|happened before], the children are affected and [nobody else can see the whole|advice was tried]. It needs an assessment.",
    "strategy_discussion": "There is reason to think {c} is being seriously harmed. Police and health need to speak with us today.",
    "open_case": "{c} is open to us already. The worker and the manager need this today.",
}
WHY_DECIDED = (  # each child's own, so each names the child
    "Agreed for {c}. [Proportionate to what we know|The history makes the difference|What the caller saw today decides it].",
    "[On reading the history, agreed|Agreed] for {c}. [Earlier contacts do not change it|I have looked at the earlier contacts].",
    "Agreed; [tell the caller what they may do next|{c}’s own words weigh most here|this is what {c} needs now]. For {c}.",
)
REFERRAL_WHY_ACCEPTED = (
    "The threshold for an assessment is met: [the pattern matters more than this event|the children’s daily life is affected|advice has not been enough].",
    "Section 17 assessment. [Start with seeing {c}|See {c} at {s} first].",
)
REFERRAL_WHY_NOT = (
    "On speaking with {s} and {m}, [support is already in place|the account changed and nothing suggests harm]. No role for us.",
    "The family has moved to another borough, [which is told|whose duty team has the details].",
)
INSTRUCTIONS = (
    "See {c} within [two|five] working days, at {s} [if that is easier|and not at home]. Speak with {f} as well as {m}.",
    "Ring the [health visitor|school] before the first visit. Ask about [sleep, food and who comes to the home|who else looks after the children].",
)
HOME = (
    "{kids} {live} with {m} in [two rooms|a flat on the fourth floor|a house with a small garden]. [Grandmother comes on Sundays|An aunt collects from school|There is no family near]. What helps: [{m}’s friend next door|the school breakfast club|the church on Fridays].",
    "[Warm and busy|Orderly and quiet|Cramped]: {m} runs the day and everyone knows what comes next[, until the weekend|]. {f} [is seldom there|sees them on Saturdays|lives in the home and works nights].",
)
MEANS_FOR_CHILD = (
    "For {c} this means [always listening|growing up too fast|not knowing what comes next]. [Humour and friends|A teacher|A grandmother] help. Left as it is, {c} will [fall behind|stop telling anyone].",
    "{c} [is doing better than one might fear|is the one most affected|carries more than the others]. What {c} needs first is [an adult who keeps promises|calm at home|rest].",
    "Of the children {c} [says least and shows most|speaks most clearly]. [Contact with {f}|What happens at night|School] is what to watch.",
)
DAILY = {
    -1: ("[Scans attended|One scan missed]; movements as expected. {m} [has begun to get things ready|has no cot yet].",),
    0: ("Wakes at [five|six|seven], fed by {m}; [naps twice|sleeps badly]. Weighed [last week|a month ago]: [on the line|a little below the line]. Out [most days|seldom].",),
    2: ("[Nursery three mornings|At home all day]; plays [on the floor|on the balcony], eats with the others, in bed by [seven|nine|whenever sleep comes].",),
    5: ("Up at seven, [gets dressed alone|is helped]; walks to {s}. Home at [half past three|four]; tea, [screen|homework], bed. [Weekends are long|Saturdays are with {f}].",),
    9: ("[Gets the younger ones ready|Gets up late] and goes to {s}. [Club on Tuesdays|Nothing after school]. Evenings [in the bedroom|on the telephone|helping in the kitchen].",),
    13: ("{s} [most days|three days in five]; [out until late|at home with the door shut]; [sleeps at two|works on Saturdays]. Eats [with friends|alone].",),
}  # fmt: skip
NOT_ALONE = (
    "{c} wanted {m} to stay[ and we shall try again at {s}|].",
    "Too young to be apart from {m}.",
    "An interpreter was needed and {m}’s friend was there; to be done again properly.",
)
NOT_SEEN = (
    "Not yet born.",
    "Away with relatives; to be seen on return on [Monday|the 4th].",
    "Nobody in on three visits; {s} has seen {c} every day.",
)
PARENT_SAYS = (
    "{p} says [the worst is over|nobody listened before|the children come first], and would like [help with the mornings|someone to talk to|us to stay away from {s}].",
    "{p} agrees with [most|some] of what is written and not with [how it was put|what {s} said]. Wants the children to [feel safe|do well|have what {p} did not].",
    "“[I know it has to change|I am doing my best|You only see the bad days],” {p} told us. [Came to every meeting|Rang back each time|Signed the notes].",
)
PARENT_WHY_NOT = (
    "{p} did not answer [three letters|calls on four days].",
    "Telling {p} where the family lives would not be safe; the manager agreed to leave it.",
    "In prison; a visit is asked for.",
    "Whereabouts not known to {m}[ or to the court|].",
)
AUTHORISING = (
    "I agree with the analysis. [The children’s words are in the middle of it|Well evidenced]. Next: [see {c} within ten days|share it with {m} and {f} apart|plan within ten working days].",
    "Agreed. [Clear account of a hard family|Good work with {f}]. Close [only when early help has met {m}|with a letter to {s}].",
)
SENT_BACK = "The analysis is sound but I cannot hear the children in it, and the father who lives elsewhere has not been asked. Please see each child at school alone, speak with him, and send it again by Thursday."
KNOW = (
    "{c} says so, {s} sees it, and {m} can tell us what is different.",
    "School attendance, the health visitor’s record and {c}’s own scale from one to ten.",
)
WHO = (
    "{w}: visits every [two|three] weeks. {s}: a daily word with {c}. {m}: [keeps the appointments|works with the parenting group]. By [half-term|the end of next month].",
    "{w} and the [health visitor|school nurse] in turns. {f}: [writes every week|comes to the meetings]. Housing: answer by the 15th.",
)
IF_NOT = (
    "We meet at once and think again about what the children need, [a conference|legal advice] among it.",
    "The manager reads the plan with {m} and we decide within a week whether it is enough.",
)
WANTS = (
    "{c}: “[Less shouting|More time with mum|My own bed|For dad to ring|A door that shuts|Someone at home when I get in].”",
    "[Sleep|Someone to play with|To stay at the same school|Calm mornings], {c} shows or says.",
    "{c}: “[Nothing|Everything]. Mostly [the nights|the moving|the arguing|having no money].”",
)
CHANGED = (
    "[Better|Much better|A little better]: {c} [sleeps|is at {s} on time|smiles more]; [the flat is warm|{m} looks well]. Not yet: [{f} still turns up|money|the appointments].",
    "No change in [the evenings|attendance]; {m} [tries|is tired of us]. {s} [agrees|sees it otherwise].",
    "[Two steps on, one back|Slow and real]. {c} gave it a [six|seven|five].",
)
NEXT = ("[Keep the visits|Visits every three weeks]; {w} rings housing; {m} tries the group [again|once more]; {s} reports by the 20th.",)
ENDS = (
    "Three months without a new worry, {c} and {s} both say it is different, and {m} knows whom to ring.",
    "The aims are met; [early help|the family hub] has met {m} and goes on.",
)
SUMMARY = (
    "We were worried that {worry} {w} worked with {m} for [some weeks|several months|most of a year]. [The home is calmer|The children are seen and heard|Help is in place].",
)
REMAINING = (
    "[Money|Housing|{f}’s visits]: {s} and the [health visitor|family hub] are watching.",
    "Nothing that needs us. {s} knows the signs.",
)
TURN = (
    "[{s}|The family hub on the high street|Early help], or our front door at any time.",
    "{m} has the number of [the hub|her health visitor] and our front door.",
)
CLOSING = (
    "Agreed. [Good ending|The family knows why]. Letter to the family in plain words.",
    "Agreed; professionals told [today|by Friday].",
)
NEEDS = (  # worry, what must change, how we shall know, who helps, what if not
    ("{m} and {f} fight at night. {c} hears it and is afraid.", "Nobody shouts, hits or breaks things when the children are there.", "{c} says so. School sees that {kids} {are} rested. The police are not called.",
     "{w} sees {f} each [week|fortnight]. {m} goes to the Tuesday group. Gran has the spare key.", "[{f} stays with his brother|We meet that day]. If it goes on we ask a lawyer what more we can do."),
    ("There is drinking when {kids} {are} at home, and nobody is awake to look after them.", "A grown-up who has not had a drink is always there.", "{w} calls by without saying when. {s} rings if {c} is late or hungry.",
     "{m} sees the recovery nurse on [Mondays|Thursdays]. An aunt comes on Friday nights.", "The aunt takes the children for the night and rings us. We meet within three days."),
    ("The home is cold and there is often no food. {c} comes to {s} hungry.", "The home is warm and clean, and there is food for every meal.", "We look in the kitchen at each visit. {s} tells us what {c} eats.",
     "{w} and {m} write to the landlord. The family hub helps with money.", "We pay for food that week and meet to find out why."),
    ("{c} misses health checks and nobody knows why the bruises came.", "{c} sees the doctor each time, and every mark has a reason we all know.", "The health visitor writes down each visit. The doctor tells us of any new mark.",
     "The health visitor rings {m} the day before. {w} drives if the bus is a worry.", "The doctor sees {c} that day. We hold a meeting with the police."),
    ("{c} looks after the little ones and has no time to be a child.", "Grown-ups cook, wash and put the children to bed.", "{c} tells {w} what an evening is like. {c} goes to the club on Wednesdays.",
     "A family worker comes at tea-time for six weeks. {s} has a young carers’ group.", "We look again at who else in the family can help, at a family meeting."),
)  # fmt: skip
AT_ONCE = (
    "Ring 999 if a child is in danger now. Then ring us, at night too. The children go to [Gran|their aunt] until we have spoken.",
    "Whoever sees it rings the police and then us the same day. {w} sees the children that day. We ask a judge for help if they cannot be safe at home.",
)
PLAN_CHANGED = (
    "We know more now. [The nights are the worst|Money is the hardest part], so that comes first.",
    "Some of it is better: [the home is warm|{c} is at {s} each day]. What is left is [the drinking|{f}’s visits].",
)
PARENT_DOES = (
    "{p} goes to the group each week and tells us if it is too much.",
    "{p} keeps the appointments and rings us, not the children, when angry.",
    "{p} asks for help before the bad days. A friend stays on those nights.",
)
NO_COPY = ("The copy would tell {p} where the family lives.", "{p} shares the post with others. We tell {p} what it says, face to face.")
VISIT_FOR = (
    "To see {c} [alone|at home|after the weekend] and hear how [the nights|school|contact with {f}] went",
    "To see the [bedrooms|kitchen and the food in it] and go through [the plan|the safety plan] with {m}",
    "To finish [the three houses|the worry list] with {c}",
)
MOVED = (
    "{m} [has kept two appointments|went to the group again|rang the recovery worker herself]. [The door now locks|The bedroom is warm]. Not yet: [{f}’s visits|the mornings].",
    "Nothing moved: [the letter to housing has not been sent|{f} has not begun the course]. Said so to {m} and put it to the core group.",
    "[School says|{s} says] {c} is [calmer|on time|eating lunch]. {m} and I agreed what comes next: [routine at bedtime|no visitors after eight].",
)
NOBODY_IN = (
    "Rang {m}: [no answer|she had forgotten]. {s} says {c} was in today. Told my manager; [a plain card left|a text sent to the safe number].",
    "Spoke through the door. {m} [would not open|was not well]. {s} saw the children this morning. Manager told at once.",
)
WHERE_INSTEAD = (
    (("at_school", "At school, which says so"), 50), (("with_others", "With the grandmother, who rang"), 30), (("asleep", "Asleep upstairs; looked in"), 12),
    (("chose_not", "In the bedroom; did not want to talk today"), 8),
)  # fmt: skip
NOTES = {
    "quick": ("{m} rang: [fine|running late|wants to move Thursday’s visit].", "Left word for {s}; [they will ring back|no answer].", "{c} [back at {s}|off with a cold].", "Text from {m}: [“all ok”|“can u ring me”|“thank you”]."),
    "call": ("Telephoned {s}: {c} [attended every day this week|was late twice|had a good week]. [No new worries|They will ring if anything changes].", "{m} rang, [upset about the letter|pleased about the nursery place|asking when I come]. We talked for [ten|twenty] minutes."),
    "visit": ("Home visit. {m} and {kids} in. [Kitchen clean, heating on|Washing everywhere, atmosphere friendly|Curtains drawn at four]. {c} [showed me drawings|stayed close to {m}|was asleep]. Next visit in [two|three] weeks.", "Visit, not announced. Nobody answered; [curtain moved|neighbour says they are at the mosque|left a plain card]."),
    "message": ("Letter sent to {m} about [the plan|the meeting on Tuesday]. [Read to her by the interpreter|She has read it].", "E-mail from {s}: [attendance 94 per cent|attendance 83 per cent|a worry about lunch money]."),
    "direct_work": ("[Three houses|Feelings cards|A walk round the pond] with {c}. [Hard to sit still|Full of talk|Quiet, then suddenly not].",),
    "voice": ("{c}: [“Can you come on Tuesdays?”|“It’s better now.”|“I’m not telling.”|“He said sorry.”|“Is mum in trouble?”]",),
    "direction": ("Supervision: [see {c} alone before the next visit is written|find {f} and speak with him|close by the end of the month if the hub agrees]. Reason: [the file is quiet about the child|half the story is missing|drift].",),
}  # fmt: skip
NOTE_KINDS = (("quick", 30), ("call", 24), ("visit", 22), ("message", 10), ("direct_work", 5), ("voice", 5), ("direction", 4))
