"""What stands on every page about a child: who it is, what keeps them safe, who answers for them, and the way about."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils.timezone import localdate
from markupsafe import Markup

from goldthread.core.agencies.withholding import withheld
from goldthread.core.people.models import Alert, Person
from goldthread.core.people.models.dated import holding_on
from goldthread.core.people.queries import merged_with
from goldthread.core.records.models import Record, RecordChild
from goldthread.face.web.ages import age_in_words
from goldthread.face.web.child.opening import address_of, is_true
from goldthread.face.web.child.queries import allocations_now
from goldthread.face.web.links import to
from goldthread.ground.access.predicate import standing, withheld_from
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.time.words import short_day
from goldthread.practice.family_help.models import ChildInNeedPlan, PlanChild
from goldthread.practice.protection.models import ProtectionPlan

# Order on the page: who must be kept away first, then who is a danger to a visitor, then what else to know.
KEPT_AWAY = (
    "must_not_know_address",
    "no_contact",
    "no_collection",
    "supervised_contact",
    "bail",
    "order",
    "pregnancy_not_known",
    "abduction",
)
VISITING = ("visit_in_pairs", "violence", "weapons", "animal")
IN_THE_BAR = {*KEPT_AWAY, *VISITING, "immediate_danger", "safe_contact", "tonight", "missing", "self_harm", "health"}
WITHHELD_NAME = "someone whose record is restricted: ring the restricted-records lead"


@dataclass
class Warning:
    """An alert as it is read: what, about whom, until when, and whether it has lapsed or is due to be looked at again."""

    alert: Alert
    label: str
    whom: str
    today: date

    @property
    def words(self) -> str:
        return f"{self.label}{': ' + self.whom if self.whom else ''}"

    @property
    def has_lapsed(self) -> bool:
        return self.alert.expires_on is not None and self.alert.expires_on < self.today

    @property
    def review_is_late(self) -> bool:
        return self.alert.review_on is not None and self.alert.review_on < self.today

    @property
    def dates(self) -> str:
        """ "Since 4 May 2026. Ends 12 June 2026. Look at again on 1 June 2026." """
        said = []
        if self.alert.from_on:
            said.append(f"Since {short_day(self.alert.from_on)}")
        if self.alert.expires_on:
            said.append(
                f"{'Lapsed on' if self.has_lapsed else 'Ends'} {short_day(self.alert.expires_on)}{': is it still so?' if self.has_lapsed else ''}"
            )
        if self.alert.review_on:
            said.append(
                f"{'Should have been looked at again by' if self.review_is_late else 'Look at again on'} {short_day(self.alert.review_on)}"
            )
        else:
            said.append("No date set to look at it again")
        return ". ".join(said)


@dataclass(frozen=True)
class Standing:
    """A plan that holds now: of what kind, since when, its category, and the record."""

    kind: str
    reference: str
    since: date
    category: str | None = None

    @property
    def words(self) -> str:
        if self.kind == "protection":
            category = f" {codes('cin.abuse_category').label(self.category).lower()}," if self.category else ""
            return f"Child protection:{category} since {short_day(self.since)}"
        return f"Child in need, since {short_day(self.since)}"


@dataclass
class ChildPage:
    """One person, read once for the page: two queries, and one more for the plans that hold."""

    request: HttpRequest
    person: Person
    today: date = field(default_factory=localdate)
    secrets: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = merged_with(self.person)
        self.warnings = warnings_of(self.rows, self.request.user, self.today)
        self.allocations = allocations_now(self.rows, self.today)

    @cached_property
    def plans(self) -> list[Standing]:
        return plans_now(self.rows, self.today)

    def keep_off_paper(self, secrets: list[str]) -> None:
        """Words that would give away a confidential address: `paper` takes them out of what is printed."""
        self.secrets = secrets

    def paper(self, words: str | None) -> str:
        """The words for the screen; and, where they hold something confidential, others for print."""
        words = words or ""
        printed = withheld(words, self.secrets)
        if printed == words:
            return words
        return Markup('<span class="gt-no-print">{}</span><span class="gt-print-only">{}</span>').format(words, printed)

    @property
    def name(self) -> str:
        """As known; an imported child without a name is said to be one."""
        return str(self.person) if self.person.shown_name else f"Child {self.person.reference}"

    @property
    def first(self) -> str:
        """The name in a sentence."""
        return str(self.person).split(" ")[0] if self.person.is_named else "this child"

    @property
    def age(self) -> str:
        return age_in_words(self.person, self.today)

    def records(self) -> QuerySet[Record]:
        """Keys of the records on this child's file."""
        return RecordChild.objects.filter(child__in=self.rows, removed_at=None).values("record")  # type: ignore[return-value]

    def seen(self) -> QuerySet[Record]:
        """The records on this child's file that this user may see."""
        return Record.objects.standing().seen_by(self.request.user).filter(pk__in=self.records())

    def to(self, name: str, **more: Any) -> str:
        return address_of(name, self.person, **more)

    @property
    def is_adult(self) -> bool:
        """Somebody in a child's life, not somebody with a child's record of their own."""
        return self.person.recorded_as_adult or (not self.person.is_child and not self.allocations and self.person.born_on is not None)

    @property
    def reads_only(self) -> bool:
        return standing(self.request.user).reads_only

    @property
    def home(self) -> str:
        return self.to("person" if self.is_adult else "child")

    @property
    def identity(self) -> dict[str, Any]:
        """What the identity bar is given. The plan stands apart from legal status."""
        if self.is_adult:
            facts: list[dict[str, Any]] = []
        else:
            facts = [{"label": "Plan", "words": "; ".join(plan.words for plan in self.plans) or "None"}]
            facts.append({"label": "Legal status", "words": "Not recorded here yet"})
        bar = [
            {"words": w.words + (" (lapsed?)" if w.has_lapsed else ""), "kind": "care" if w.alert.kind in VISITING else "danger",
             "href": self.to("child_alerts") if self.is_adult else f"{self.to('child')}#safety"}
            for w in self.warnings
            if w.alert.kind in IN_THE_BAR
        ]  # fmt: skip
        return {
            "name": self.name,
            "age": self.age,
            "facts": facts,
            "alerts": bar,
            "responsible": [] if self.is_adult else self.responsible,
            "href": self.home,
            "reference": self.person.reference,
            "danger_href": None
            if self.is_adult or self.reads_only or not to("danger")
            else f"{to('danger')}?child={self.person.reference}",
            "is_restricted": bool(getattr(self.person, "is_restricted", False)),
        }

    @property
    def responsible(self) -> list[dict[str, Any]]:
        if not self.allocations:
            return [{"role": "Responsible", "name": "nobody now"}]
        return [
            {
                "role": row.get_role_display(),
                "name": row.worker.name if row.worker else f"nobody yet, {row.team.name}",
                "phone": (row.worker.phone if row.worker else None) or row.team.phone,
            }
            for row in self.allocations
        ]

    def navigation(self, current: str) -> list[dict[str, Any]]:
        if self.is_adult:
            adult = [("person", "Summary"), ("child_about", "About " + self.first), ("child_alerts", "Alerts")]
            return [*({"text": text, "href": self.to(name), "is_current": name == current} for name, text in adult), self.knowing]
        ways = [
            ("child", "Summary"), ("child_chronology", "Chronology"), ("child_family", "Family"), ("child_about", "About " + self.first),
            ("child_people", "People involved"), ("child_plans", "Plans and assessments"),
            ("child_shared", "Shared with others"), ("child_census", "Census"),
            *([] if self.reads_only else [("child_start", "Start or close")]),
        ]  # fmt: skip
        items = [{"text": text, "href": self.to(name), "is_current": name == current} for name, text in ways]
        looked = to("looked", self.person.reference)
        held = standing(self.request.user)
        if looked and (held.managed_team_ids or held.duties & {"information_governance", "restricted_lead"}):
            items.append({"text": "Who has looked", "href": looked, "is_current": False})
        return [*items, self.knowing]

    @property
    def knowing(self) -> dict[str, Any]:
        """Where the one who reads says that they know these people outside work."""
        return {"text": "I know this family", "href": to("know_them", self.person.reference), "is_current": False}

    def context(self, current: str, heading: str, **more: Any) -> dict[str, Any]:
        """What every template of the child's pages is given."""
        return {
            "child": self,
            "person": self.person,
            "identity": self.identity,
            "navigation": self.navigation(current),
            "heading": heading,
            **more,
        }


def warnings_of(rows: set[int], user: Any, today: date) -> list[Warning]:
    """Alerts that hold, those who must be kept away first. A withheld person's name is never in them. One query."""
    found = (
        Alert.objects.filter(holding_on(today), person__in=rows)
        .select_related("about")
        .annotate(is_about_withheld=is_true(Q(about_id__in=withheld_from(user.pk))))
    )
    order = {kind: place for place, kind in enumerate(("immediate_danger", *KEPT_AWAY, "safe_contact", *VISITING, "tonight"))}
    kinds = codes("people.alert_kind")
    said = []
    for alert in found:
        whom = WITHHELD_NAME if alert.is_about_withheld else str(alert.about) if alert.about else alert.about_whom or ""
        said.append(Warning(alert, kinds.label(alert.kind), whom, today))
    return sorted(said, key=lambda one: (order.get(one.alert.kind, 99), one.alert.pk))


def plans_now(rows: set[int], today: date) -> list[Standing]:
    """Plans that hold today, a protection plan first. Not hidden from anybody who may see the child. One query."""
    of_child = RecordChild.objects.filter(child__in=rows, removed_at=None).exclude(record__state=Record.VOID).values("record")
    protection = (
        ProtectionPlan.objects.filter(record__in=of_child, started_on__lte=today, stands=True)
        .exclude(ended_on__lte=today)
        .values_list(Value("protection", CharField()), "record__reference", "started_on", "latest_category")
    )
    left = PlanChild.objects.filter(person__in=rows, left_on__lte=today).values("record")
    in_need = (
        ChildInNeedPlan.objects.filter(record__in=of_child, started_on__isnull=False)
        .exclude(record__in=left)
        .exclude(ended_on__lte=today)
        .values_list(Value("in_need", CharField()), F("record__reference"), "started_on", Value(None, CharField()))
    )
    found = [Standing(*row) for row in protection.union(in_need, all=True)]
    return sorted(found, key=lambda plan: (plan.kind != "protection", -plan.since.toordinal()))
