"""What the census would say of this child today, and what of it its rules would query: each opens where it is asked."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldthread.core.people.models import Person
from goldthread.face.web.child.opening import about_child
from goldthread.face.web.child.page import ChildPage
from goldthread.ground.codes import codes
from goldthread.ground.time.words import short_day
from goldthread.out.returns.cin import items
from goldthread.out.returns.cin.asked import in_words
from goldthread.out.returns.cin.one_child import Broken, Told, told_of
from goldthread.out.returns.cin.rule import QUERY, shown
from goldthread.out.returns.cin.tally import LEFT_OUT, OTHERWISE
from goldthread.out.returns.cin.where_asked import is_of_the_child, record_of, where_asked
from goldthread.practice.front_door.models import Referral

CODES = {
    "ReferralSource": "cin.referral_source", "PrimaryNeedCode": "cin.primary_need", "ReasonForClosure": "cin.closure_reason",
    "InitialCategoryOfAbuse": "cin.abuse_category", "LatestCategoryOfAbuse": "cin.abuse_category", "Ethnicity": "ethnicity",
    "Disabilities": "cin.disability", "FactorsIdentifiedAtAssessment": "cin.assessment_factors", "UPNunknown": "cin.upn_unknown",
}  # fmt: skip
TITLES = {
    items.CINdetails: "Referral", items.Assessment: "Assessment", items.CINPlan: "Child in need plan", items.Section47: "Section 47 enquiry",
    items.ChildProtectionPlan: "Child protection plan", items.Review: "Review", items.PreProceedings: "Pre-proceedings",
}  # fmt: skip
KEPT_BACK = "Kept back: the family must not learn who referred"


@require_GET
@about_child
def census(request: HttpRequest, person: Person) -> HttpResponse:
    child = ChildPage(request, person)
    told = told_of(person, child.today)
    seen = Seen(child, told) if told else None
    context = child.context(
        "child_census",
        "What the census would say today",
        section_title=person.reference,
        year=in_words(told.asked.census.year) if told else "",
        as_at=short_day(told.asked.until) if told else "",
        is_in=bool(told and told.child),
        parts=list(seen.parts()) if seen else [],
        broken=[seen.failure(one) for one in told.broken if seen.may_see(one.part)] if told and seen else [],
        some_withheld=bool(seen and seen.withheld),
        notes=seen.notes() if seen else [],
    )
    return render(request, "web/child/census.jinja", context)


class Seen:
    """What this user may see of it: a record that also tells of a child withheld from them stays hidden here too."""

    def __init__(self, child: ChildPage, told: Told) -> None:
        self.child, self.told = child, told
        self.records = {record.pk: record for record in child.seen()}
        self.protected = set(Referral.objects.filter(record__in=self.records, referrer_is_protected=True).values_list("record", flat=True))
        self.withheld = False

    def may_see(self, part: items.Part) -> bool:
        may = is_of_the_child(part) or part.record in self.records
        self.withheld = self.withheld or not may
        return may

    def parts(self) -> Iterator[dict[str, Any]]:
        """The child's own, then each referral with what followed it, in the census's order."""
        if self.told.child is None:
            return
        own = [*self._rows(self.told.child.ChildIdentifiers), *self._rows(self.told.child.ChildCharacteristics)]
        yield {"heading": "The child", "rows": own, "href": self.child.to("child_about"), "level": 2}
        for details in self.told.child.CINdetails:
            yield from self._with_what_followed(details, 2)

    def _with_what_followed(self, part: items.Part, level: int) -> Iterator[dict[str, Any]]:
        if self.may_see(part):
            record = self.records[part.record or 0]
            heading = f"{TITLES[type(part)]}, {short_day(record.happened_on)}"
            yield {"heading": heading, "rows": list(self._rows(part)), "href": reverse("record", args=[record.reference]), "level": level}
        for each in fields(part):
            held = getattr(part, each.name)
            for inner in held if isinstance(held, list) else []:
                if isinstance(inner, items.Part):
                    yield from self._with_what_followed(inner, 3)

    def _rows(self, part: items.Part) -> Iterator[dict[str, Any]]:
        for each in fields(part):
            value = getattr(part, each.name)
            is_told = (
                each.name[0].isupper() and value not in (None, []) and not (isinstance(value, list) and isinstance(value[0], items.Part))
            )
            if is_told:
                yield {"key": each.name, "value": self._in_words(part, each.name, value)}

    def _in_words(self, part: items.Part, element: str, value: Any) -> Any:
        if element == "ReferralSource" and part.record in self.protected:
            return KEPT_BACK
        if element not in CODES:
            return shown(value)
        held = codes(CODES[element])
        words = [f"{code}: {held.label(code)}" for code in (value if isinstance(value, list) else [value])]
        return words if isinstance(value, list) else words[0]

    def failure(self, one: Broken) -> dict[str, Any]:
        record = self.records.get(record_of(one.part, one.element) or 0) or self.records.get(one.part.record or 0)
        value = "" if one.element == "ReferralSource" and one.part.record in self.protected else one.value
        return {
            "code": one.rule.code,
            "is_query": one.rule.severity == QUERY,
            "message": one.rule.message,
            "element": one.element,
            "value": value,
            "href": where_asked(self.child.request.user, self.child.person, record, one.element),
            "uncertain": one.rule.uncertain,
        }

    def notes(self) -> list[str]:
        """What of the child's file is not told, or told otherwise, and why."""
        left_out = [LEFT_OUT[why] for why, keys in self.told.tally.left_out.items() if self.records.keys() & set(keys)]
        return left_out + [OTHERWISE[what] for what, keys in self.told.tally.otherwise.items() if keys]
