"""Who is on a protection plan, since when, and for which time."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from goldthread.core.records.models import Record
from goldthread.practice.protection.protection_plan import PlanCategory, ProtectionPlan
from goldthread.practice.protection.written_plan import WrittenPlan, WrittenPlanChild


def plans_on(day: date) -> QuerySet[ProtectionPlan]:
    """Periods that hold on this day: begun, and not ended before the next."""
    return ProtectionPlan.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), stands=True, started_on__lte=day)


def plans_ever_for(category: str) -> QuerySet[ProtectionPlan]:
    """Periods that at any time had this category of abuse (census code)."""
    return ProtectionPlan.objects.filter(stands=True, record__in=PlanCategory.objects.filter(category=category).values("record"))


def whose(plan: ProtectionPlan) -> int:
    """The child's key, which the database lets no plan be without."""
    assert plan.child_id is not None
    return plan.child_id


def plans_of(children: Iterable[int], day: date) -> dict[int, ProtectionPlan]:
    """The plan that holds for each of these children (by key) on the day; a child without one is left out."""
    return {whose(plan): plan for plan in plans_on(day).filter(child__in=list(children)).select_related("record")}


def visits_within(children: Iterable[int], on: date) -> dict[int, int]:
    """How many working days at most the plan in force on the day leaves between visits, by child; nothing where it does not say.

    The version in force is the newest that held by then, of the period the child is in.
    """
    periods = plans_of(children, on)
    said = WrittenPlanChild.objects.filter(person__in=periods, visit_within__isnull=False, record__happened_on__lte=on)
    said = said.filter(record__state=Record.AGREED).order_by("record__happened_on", "record")
    rows = said.values_list("person", "record__happened_on", "visit_within")
    return {child: within for child, day, within in rows if day >= (periods[child].started_on or day)}


def newest_words(child: int) -> WrittenPlan | None:
    """What the child's plan says now: its newest agreed version, on the child's file."""
    agreed = WrittenPlan.objects.filter(record__children__child=child, record__children__removed_at=None, record__state=Record.AGREED)
    return agreed.select_related("record").order_by("-written_on", "-record").first()


def standing_before(child: int, day: date) -> QuerySet[ProtectionPlan]:
    """This child's plans here that began before the day, the first of them first."""
    return ProtectionPlan.objects.filter(child=child, stands=True, started_on__lt=day).order_by("started_on")


def plans_before(child: int, day: date) -> int:
    """How many plans the child had before this day: those known here, and those the first of them says came before."""
    told = [plan.previous_plans or 0 for plan in standing_before(child, day)]
    return max((before + len(told) - place for place, before in enumerate(told)), default=0)


def repeat_plans(plans: QuerySet[ProtectionPlan]) -> QuerySet[ProtectionPlan]:
    """Of these periods, those of a child who had been on a plan before, here or elsewhere."""
    return plans.filter(previous_plans__gt=0)
