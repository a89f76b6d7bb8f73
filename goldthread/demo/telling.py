"""Turning templates into sentences, and a child's own words of which no two are alike."""

import re
from collections.abc import Sequence
from functools import lru_cache
from random import Random

ALTERNATIVES = re.compile(r"\[([^\]]*)\]")
STRIDE = 2_654_435_761  # an odd prime-like step, coprime with every table's size below: neighbours come out far apart


class Teller:
    """Speaks about one family with one stream of chance."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def one(self, templates: Sequence[str], **facts: str) -> str:
        """A template of the list with its alternatives chosen and its facts put in."""
        return self.tell(templates[int(self.rng.random() * len(templates))], **facts)

    def tell(self, template: str, **facts: str) -> str:
        pieces = _pieces(template)
        random = self.rng.random
        words = "".join(piece if isinstance(piece, str) else piece[int(random() * len(piece))] for piece in pieces)
        return _sentence(words.format_map(facts)) if "{" in words else _sentence(words)


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[str | tuple[str, ...], ...]:
    found: list[str | tuple[str, ...]] = []
    for place, piece in enumerate(ALTERNATIVES.split(template)):
        found.append(tuple(piece.split("|")) if place % 2 else piece)
    return tuple(found)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


# By the age a child has reached: what is said, in four parts that are mixed.
SPOKEN: dict[int, tuple[tuple[str, ...], ...]] = {
    -1: (
        ("Not yet born.", "Expected, and already talked of by name.", "A baby on the way.", "Still to come: seen on the scan."),
        ("The cot stands", "A bag is packed", "Small clothes are folded", "A mobile hangs", "The pram waits", "A blanket lies ready", "Nappies are stacked", "A borrowed Moses basket stands"),
        ("at grandmother’s", "beside the bed", "in the hall", "in a corner of the living room", "in the room of the other children", "at a friend’s", "by the window", "under the stairs"),
        (". Moves when music plays.", ". Is quiet when voices rise, {m} says.", ". Kicks at night.", ". Grows as the midwife hoped.", ". Was hiccuping when we met.", ". {m} speaks to the bump in her first language.", ". {m} is not sure yet how she feels.", ". Was small at the last scan, to be looked at again."),
    ),
    0: (
        ("Shows us by looking:", "Too young for words, and tells us all the same:", "What we saw:", "In twenty minutes on the mat:", "Watched at play:", "Held by {m} and then put down:"),
        ("turns to {m} when a door bangs", "settles when {m} sings", "reaches for an older child first", "smiles late and then for a long time", "startles at a loud voice", "holds out both arms to be lifted", "crawls to the window and back", "watches faces more than toys", "babbles to a spoon", "cries without turning to anyone", "sleeps through the noise of the room", "pulls up on the sofa and looks round for praise"),
        (", likes the red cup", ", wants the keys", ", tears paper gladly", ", hides under a muslin", ", rolls a ball back", ", chews a cloth rabbit", ", stares at the fish tank", ", laughs at the cat", ", points at buses", ", stacks two bricks", ", bangs a pan", ", dances sitting down", ", feeds a teddy", ", drops things to see them fall"),
        ("and comes back for a cuddle.", "and is clean, warm and well fed.", "and has a sore bottom that {m} is treating.", "and did not look at the adults.", "and fell asleep on a shoulder.", "and is a little small for the age.", "and waved us out.", "and clung when we stood up.", "and knew the health visitor at once.", "and was calm throughout."),
    ),
    2: (
        ("“My mummy", "“Daddy", "“Nana", "“My baby", "“Dolly", "“The dog", "“Big bear", "“My sister"),
        ("is crying", "shouted", "is sleeping", "made a pancake", "is at the shop", "hurt my hand", "sings the bus song", "goes in the big car", "is a bit poorly", "has a new bed", "said no", "is coming back"),
        ("and I hided", "and I had toast", "and it was dark", "and I got my blanket", "and we went up the stairs", "and I was good", "and I don’t like it", "and I laughed", "and the policeman came", "and I got a plaster", "and I watched the pig one", "and I waited"),
        ("in my tent.”", "with my bunny.”", "at nursery.”", "and then it stopped.”", "and you can come.”", "and that’s the end.”", "on the red chair.”", "because it was loud.”", "again and again.”", "and I want juice.”"),
    ),
    5: (
        ("“I like it when", "“I don’t like it when", "“It’s funny when", "“I get a tummy ache when", "“At my house", "“My favourite is when", "“Sometimes", "“I made a picture of when"),
        ("mum picks me up", "they shout downstairs", "we have pasta", "dad’s van comes", "my brother is naughty", "there’s nobody up yet", "we go to the big park", "I sleep at nan’s", "mum laughs on the phone", "the lights go off", "the neighbour knocks", "it is Friday", "I am the helper at school", "we all get in one bed"),
        ("and I count to ten", "and I turn the telly up", "and I get my tablet", "and I hold my sister’s hand", "and I can do a cartwheel", "and I pretend I’m asleep", "and I tell my teddy", "and I make my own cereal", "and I run round", "and I tell Miss", "and I do my spellings", "and I hide my shoes"),
        ("and then it’s all right.”", "and nobody knows.”", "and I want it to stay like that.”", "and I wish we had a dog.”", "and I wish daddy was nice.”", "and mum says well done.”", "and I don’t want you to tell.”", "and I’d give it ten out of ten.”", "and I’d give it four.”", "and I wish it was Saturday.”", "and that’s my secret.”", "and I feel like a lion.”"),
    ),
    9: (
        ("“Most days", "“Since the summer", "“When I get in from school", "“At weekends", "“If I had three wishes,", "“On a bad day", "“On a good day", "“If I’m honest", "“My teacher knows that", "“The best thing is that"),
        ("I look after the little one", "I stay in my room", "it’s calmer now", "they argue about money", "mum is tired and I make tea", "I listen on the stairs", "dad doesn’t ring", "we watch films together", "I’m scared he’ll come back", "I get into trouble for nothing", "I do my maths with nan", "nobody asks me anything", "I walk home the long way", "I’d like my own bed"),
        ("and I play football", "and I draw anime", "and I text my cousin", "and I read the same book again", "and I do the bins", "and I write it in my diary", "and I go next door", "and I put my headphones on", "and I go on my bike", "and I count the days", "and I talk to Miss at lunch", "and I bake"),
        ("so I don’t think about it.”", "and I want you to know that.”", "and I’d change that first.”", "but don’t tell dad I said it.”", "and it makes me proud.”", "and it makes my chest go tight.”", "and I just want them to stop.”", "and I’d say seven out of ten.”", "and I’d say three out of ten.”", "and I miss how it was.”", "and I want to stay here.”", "and I want someone to ask mum.”"),
    ),
    13: (
        ("“Look,", "“I’ve told three people already:", "“Write this down:", "“I’m only saying it once:", "“It’s not deep, but", "“You won’t get it, but", "“To be fair,", "“I know you have to write it, so:", "“Off the record, even if it isn’t:", "“What I’d say to the judge:"),
        ("I’m basically the parent", "my mum’s doing her best", "I’m not scared of him any more", "it kicks off every Friday", "I don’t feel safe walking to college", "they only notice when I’m in trouble", "I can’t sleep", "I’ve got one teacher who listens", "I’d rather live at my aunt’s", "I’m sick of moving", "my phone gets checked every night", "nobody has asked what I want", "I owe people money", "I’m fine when I’m out"),
        ("and I need a key to my room", "and I want to finish my exams", "and my brother shouldn’t see it", "and I don’t want another worker", "and I’ve stopped eating lunch", "and I started boxing", "and I want to see my dad without all this", "and I’ve got a job on Saturdays", "and I’m not going back to that school", "and I keep a bag packed", "and I cut when it gets bad", "and I sing in the choir"),
        ("so make of that what you like.”", "so that’s what has to change.”", "and I’ll know if you’ve read it.”", "and I’d come to the meeting if you fetched me.”", "and I won’t come to a meeting.”", "but don’t put it in the letter home.”", "and it’s up to you lot now.”", "and I mean it.”", "and text me, don’t ring.”", "and I’m glad someone wrote it down.”"),
    ),
}  # fmt: skip
AGES = tuple(sorted(SPOKEN))


def own_words(number: int, age: int, mother: str) -> str:
    """What a child says, as it was put. `number` tells this saying from every other; the same number says the same.

    Where the four parts run out of new ways to be joined (some twenty thousand for an age), the day's small thing tells them apart.
    """
    parts = SPOKEN[max(known for known in AGES if known <= age)]
    many = 1
    for part in parts:
        many *= len(part)
    again, at = divmod(number, many)
    place = at * STRIDE % many
    chosen = []
    rest = place
    for part in parts:
        rest, at = divmod(rest, len(part))
        chosen.append(part[at])
    said = " ".join(chosen).replace(" ,", ",").replace(" .", ".").replace("{m}", mother)
    return said if not again else f"{said} {aside(again * 613 + place)}"


ASIDES = (
    ("Asked for", "Offered", "Was drawing", "Held", "Showed us", "Talked about", "Had lost", "Was wearing", "Had brought", "Laughed over"),
    ("a blue", "a torn", "a new", "a borrowed", "a tiny", "an old", "a muddy", "a glittery", "a striped", "a home-made"),
    ("scarf", "book", "drawing", "football card", "bracelet", "biscuit", "hat", "key ring", "toy car", "feather", "pebble", "sticker"),
    (
        "throughout.",
        "at the door.",
        "on leaving.",
        "half-way through.",
        "at the start.",
        "before answering.",
        "while thinking.",
        "between sentences.",
    ),
)


def aside(number: int) -> str:
    """What went on beside the words: some ten thousand things, in turn."""
    chosen = []
    for part in ASIDES:
        number, at = divmod(number, len(part))
        chosen.append(part[at])
    return " ".join(chosen)
