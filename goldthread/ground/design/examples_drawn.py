"""An invented family and invented numbers, drawn, for the builders’ page."""

from typing import Any

from goldthread.ground.design import charts, genogram


def family() -> genogram.Family:
    m = genogram.Member
    people = (
        m("gran", "Efua Mensah", "female", "71", relation_words="Mother’s mother"),
        m("grandad", "Yaw Mensah", "male", "", is_dead=True, relation_words="Mother’s father"),
        m(
            "kofi",
            "Kofi Boateng",
            "male",
            "36",
            relation_words="Father of Ama and Kwesi",
            notes=("PR: Ama, Kwesi",),
            responsibility_words="Ama, Kwesi",
        ),
        m(
            "abena",
            "Abena Mensah",
            "female",
            "34",
            href="#abena",
            relation_words="Mother",
            notes=("PR: all",),
            responsibility_words="All the children",
        ),
        m("daniel", "Daniel Okafor", "male", "31", relation_words="Father of Esi", notes=("no PR",)),
        m(
            "ama",
            "Ama Boateng",
            "female",
            "9",
            is_subject=True,
            href="#ama",
            born_words="12 March 2016",
            relation_words="Child",
            responsibility_words="–",
        ),
        m(
            "kwesi",
            "Kwesi Boateng",
            "male",
            "7",
            href="#kwesi",
            born_words="2 June 2018",
            relation_words="Brother",
            responsibility_words="–",
        ),
        m(
            "esi",
            "Esi Okafor",
            "female",
            "2",
            href="#esi",
            born_words="9 January 2024",
            relation_words="Half-sister",
            responsibility_words="–",
        ),
        m(
            "baby",
            "Baby Okafor",
            "unknown",
            "31 wk",
            is_unborn=True,
            born_words="Due 14 March 2026",
            relation_words="Half-sibling",
            responsibility_words="–",
        ),
    )
    unions = (
        genogram.Union(("grandad", "gran"), ("abena",), words="Married"),
        genogram.Union(("kofi", "abena"), ("ama", "kwesi"), "divorced", "Divorced 2021"),
        genogram.Union(("abena", "daniel"), ("esi", "baby"), words="Together since 2022"),
    )
    return genogram.Family(
        people, unions, (genogram.Home("12 Ash Road", ("abena", "ama", "kwesi", "esi")), genogram.Home("4 Mill Lane", ("kofi",)))
    )


def drawings() -> dict[str, Any]:
    weeks = [12, 14, 11, 15, 13, 18, 22, 21, 19, 24, 23, 20]
    points = [
        charts.Point(f"{w} Jan" if w < 5 else f"wk {w}", n, href=f"#w{w}", note="new hub" if w == 7 else "") for w, n in enumerate(weeks, 1)
    ]
    sources = [
        charts.Bar("Police", 412, "#police"),
        charts.Bar("Schools", 287, "#schools"),
        charts.Bar("Health", 164, "#health"),
        charts.Bar("Family, neighbour or the child", 58, "#family"),
    ]
    days = [charts.Bar(d, n) for d, n in (("0–9", 3), ("10–19", 12), ("20–29", 31), ("30–39", 44), ("40–45", 52), ("46–55", 9), ("56+", 4))]
    return {
        "run_svg": charts.run(points, "contacts", "Contacts each week", unit="", target=20),
        "run_rows": [[p.label, {"words": p.number, "href": p.href}] for p in points],
        "bars_svg": charts.bars(sources, "sources", "Contacts by who made them"),
        "bars_rows": [[b.label, {"words": b.number, "href": b.href}] for b in sources],
        "days_svg": charts.distribution(days, "days", "Assessments by working days taken", unit=" days", limit_after=5),
        "days_rows": [[b.label, b.number] for b in days],
        "family_svg": genogram.draw(family(), "family", "The family of Ama Boateng"),
        "family_rows": genogram.as_table(family()),
    }
