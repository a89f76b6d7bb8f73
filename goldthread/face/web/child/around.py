"""Who stands round the child: where and with whom they live, carers, our own workers, professionals."""

from datetime import date
from typing import Any

from goldthread.core.people.queries import Stay
from goldthread.face.web.child.kin import Kin, drawn_of
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.design import genogram
from goldthread.ground.time.words import short_day


def living_in_words(stay: Stay | None, kin: Kin, today: date) -> dict[str, Any]:
    """Where the child sleeps tonight, with whom, since when."""
    people = [f"{p}" for p in kin.family.household if p.pk not in kin.hidden]
    if stay is None:
        return {"address": "", "with": people, "since": "", "is_confidential": False, "from_whom": "", "is_temporary": False}
    return {
        "address": str(stay.address),
        "with": people,
        "since": f"since {short_day(stay.from_on)}" if stay.from_on else "",
        "is_confidential": stay.is_confidential,
        "from_whom": stay.confidential_from_whom or "",
        "is_temporary": stay.use == "temp",
    }


def small_drawing(kin: Kin, child: ChildPage) -> Any:
    """The family drawn small; nothing when nobody else is on file."""
    family = drawn_of(kin)
    return genogram.draw(family, "family-small", f"The family of {child.name}") if len(family.people) > 1 else None


def carers(kin: Kin) -> list[dict[str, Any]]:
    """Those who look after the child, main carers first, with whether they live together."""
    household = {p.pk for p in kin.family.household}
    adults = [*kin.family.parents, *kin.family.others]
    found = [one for one in kin.shown(adults) if one.tie.is_main_carer or (one in kin.family.parents) or one.person.pk in household]
    found.sort(key=lambda one: (not one.tie.is_main_carer, one.person.pk not in household))
    return [
        {
            "name": str(one.person),
            "href": kin.href(one.person),
            "role": one.words + (", main carer" if one.tie.is_main_carer else "") + ("" if one.is_confirmed else ", not confirmed"),
            "where": "lives with the child"
            if one.person.pk in household or one.lives_with
            else "lives elsewhere"
            if one.lives_with is False
            else "",
            "pr": {True: "has parental responsibility", False: "no parental responsibility", None: "parental responsibility not known"}[
                one.has_parental_responsibility
            ],
        }
        for one in found
        if not one.person.is_child or one.tie.is_main_carer
    ]


def team_cards(child: ChildPage) -> list[dict[str, Any]]:
    """Both leads, the manager, who covers, and the duty number of the team."""
    cards: list[dict[str, Any]] = [
        {"name": row.worker.name, "role": row.get_role_display(), "agency": row.team.name, "phone": row.worker.phone, "email": row.worker.email,
         "is_lead": True}
        if row.worker
        else {"name": "Nobody named yet", "role": row.get_role_display(), "agency": row.team.name}
        for row in child.allocations
    ]  # fmt: skip
    covers = {c["name"]: c | {"role": f"Covers for {row.worker.name}"} for row in child.allocations if row.worker for c in row.covers}  # type: ignore[attr-defined]
    managers = {m["name"]: m | {"role": "Manager"} for row in child.allocations for m in row.managers}  # type: ignore[attr-defined]
    cards += [*covers.values(), *managers.values()]
    duty = {row.team.pk: row.team for row in child.allocations if row.team.phone}
    return cards + [{"name": team.name, "role": "Duty number", "phone": team.phone} for team in duty.values()]


def professional(one: Any) -> dict[str, Any]:
    """One involved professional; the agency's own number where they have none."""
    return {
        "name": one.name or one.agency.name,
        "role": one.role,
        "agency": one.agency.name if one.name else codes("agency.kind").label(one.agency.kind),
        "phone": one.phone or (one.worker.phone if one.worker else None) or one.agency.phone,
        "email": one.email or (one.worker.email if one.worker else None) or one.agency.email,
    }
