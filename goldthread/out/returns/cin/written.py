"""A child as the census asks for it, from what stands on the child's file on the day.

A day that had not come yet is no day: what was closed, ended or authorised later was open then. What the census leaves out of
an episode is left out here and counted, by the rule that says so.
"""

from datetime import date
from typing import Any

from goldthread.ground.time.queries import due_under
from goldthread.out.returns.cin.asked import FIRST_YEAR_OF_PRE_PROCEEDINGS, Asked
from goldthread.out.returns.cin.episodes import Episode, Links, tell
from goldthread.out.returns.cin.facts import BLOCK, Event, Facts, Life
from goldthread.out.returns.cin.identity import Identity
from goldthread.out.returns.cin.items import Assessment, Child, ChildProtectionPlan, CINdetails, CINPlan, PreProceedings, Review, Section47
from goldthread.out.returns.cin.tally import Tally
from goldthread.practice.family_help import models as family_help
from goldthread.practice.protection import models as protection

CONFERENCES = (protection.InitialConference, protection.TransferInConference)


class Writer:
    """Writes one census's children, tallying as it goes."""

    def __init__(self, asked: Asked, tally: Tally, first_told: set[int]) -> None:
        self.asked, self.tally, self.first_told = asked, tally, first_told
        self.identity = Identity(asked, tally)
        self._targets: dict[date, date | None] = {}

    def child(self, life: Life, facts: Facts) -> Child | None:
        """None where no episode of the child belongs into this census."""
        told = tell(life, facts)
        shown = [episode for episode in told.episodes if self._is_told(episode, life)]
        undecided = [episode.referral.key for episode in shown if episode.referral.says is None]
        shown = [episode for episode in shown if episode.referral.says is not None]
        if undecided:
            self.tally.leave_out("referral_undecided", *undecided)
        if not shown:
            return None
        self.tally.leave_out("closure_surplus", *(event.key for event in told.surplus if self.asked.holds(event.on)))
        self.tally.leave_out("no_referral", *(event.key for event in told.stray if event.kind in ASKED_FOR and self.asked.holds(event.on)))
        links = Links(life, facts)
        details = [_Details(self, episode, links, facts).written() for episode in shown]
        child = Child(record=life.person["id"], CINdetails=details)
        self.identity.give(child, life)
        return child

    def _is_told(self, episode: Episode, life: Life) -> bool:
        """Open at some time in the year, or referred in it with no further action."""
        if episode.received_on > self.asked.until:
            return False
        if episode.is_nfa:
            return self._year_of_nfa_is_this(episode, life)
        return episode.closed_on is None or episode.closed_on >= self.asked.first_day

    def _year_of_nfa_is_this(self, episode: Episode, life: Life) -> bool:
        """The year it was received in; of one that came on the last working day before a year, the year in which it was decided.

        A file does not say when it was decided: it is then the year whose file alone tells of the child.
        """
        asked, on = self.asked, episode.received_on
        decided_on = (episode.referral.says or {}).get("decided_on")
        if on < asked.first_day:
            return on >= asked.eve and (asked.holds(decided_on) if decided_on else life.person["id"] in self.first_told)
        return on < asked.next_eve or not (decided_on and decided_on > asked.census.reference_date)

    def target(self, strategy_on: date) -> date | None:
        """Fifteen working days from the strategy discussion, by the rule in force that day."""
        if strategy_on not in self._targets:
            self._targets[strategy_on] = due_under("conference.initial", strategy_on).on
        return self._targets[strategy_on]


class _Details:
    """One referral on its way into the census."""

    def __init__(self, writer: Writer, episode: Episode, links: Links, facts: Facts) -> None:
        self.asked, self.tally, self.target = writer.asked, writer.tally, writer.target
        self.episode, self.links, self.facts = episode, links, facts

    def written(self) -> CINdetails:
        episode, said = self.episode, self.episode.referral.says or {}
        closed_on = self.asked.knows(episode.closed_on)
        details = CINdetails(
            record=episode.referral.key,
            CINreferralDate=episode.received_on,
            ReferralSource=said["source"],
            PrimaryNeedCode=said["primary_need"],
            CINclosureDate=closed_on,
            ReasonForClosure=episode.closure.own if closed_on and episode.closure else None,
            closure=episode.closure.key if closed_on and episode.closure else None,
            ReferralNFA=said["is_nfa"],
        )
        self._fill(details)
        counts = self.tally.counts
        counts["referrals"] += 1
        counts["received"] += self.asked.holds(episode.received_on)
        counts["nfa"] += bool(said["is_nfa"])
        counts["closures"] += closed_on is not None
        return details

    def _fill(self, details: CINdetails) -> None:
        known = [event for event in self.episode.events if event.on <= self.asked.until]
        for event in known:
            if event.kind is family_help.ChildAndFamilyAssessment:
                self._assessment(event, details)
            elif event.says is None:
                continue
            elif event.kind is family_help.ChildInNeedPlan:
                self._cin_plan(event, details)
            elif event.kind is protection.ProtectionPlan:
                self._protection_plan(event, details)
            elif event.kind is protection.PreProceedings:
                self._pre_proceedings(event, details)
        self._enquiries(known, details)
        self._reviews(known, details)

    def _assessment(self, event: Event, details: CINdetails) -> None:
        """One that is being written has its day in the header: it has begun, and nobody has authorised it."""
        said = event.says or {}
        authorised_on = self.asked.knows(said.get("authorised_on"))
        if authorised_on and authorised_on < self.asked.first_day:
            self.tally.leave_out("assessment_before", event.key)
            return
        started_on = said.get("started_on") or event.on
        if authorised_on is None and started_on < self.asked.first_day:
            self.tally.leave_out("assessment_unfinished", event.key)
            return
        found = Assessment(record=event.key, AssessmentActualStartDate=started_on, AssessmentAuthorisationDate=authorised_on)
        found.AssessmentInternalReviewDate = said.get("internal_review_on")
        found.FactorsIdentifiedAtAssessment = list(event.own or []) if authorised_on else []
        details.Assessments.append(found)
        self.tally.counts["assessments"] += 1
        self.tally.counts["authorised"] += authorised_on is not None
        self.tally.counts["factors"] += len(found.FactorsIdentifiedAtAssessment)

    def _cin_plan(self, event: Event, details: CINdetails) -> None:
        assert event.says is not None
        ended_on = self.asked.knows(event.own or event.says["ended_on"])  # a child may leave it before brothers and sisters do
        if ended_on and ended_on < self.asked.first_day:
            self.tally.leave_out("cin_plan_before", event.key)
            return
        details.CINPlanDates.append(CINPlan(record=event.key, CINPlanStartDate=event.says["started_on"], CINPlanEndDate=ended_on))
        self.tally.counts["cin_plans"] += 1

    def _enquiries(self, known: list[Event], details: CINdetails) -> None:
        """Each enquiry with the first conference it led to for this child; a conference without one beside the episode."""
        enquiries = {event.key: event for event in known if event.kind is protection.Section47}
        held: dict[int | None, list[Event]] = {}
        for event in known:
            if event.kind in CONFERENCES and event.says and self.asked.knows(event.says["held_on"]):
                led_to = self.links.enquiry_of(event) if event.kind is protection.InitialConference else None
                held.setdefault(led_to if led_to in enquiries else None, []).append(event)
        for enquiry in enquiries.values():
            self._enquiry(enquiry, held.get(enquiry.key, []), details)
        for conference in held.get(None, []):
            self._conference_beside(conference, details)

    def _enquiry(self, event: Event, held: list[Event], details: CINdetails) -> None:
        said = event.says or {}
        started_on = said.get("started_on") or event.on
        conference_on = held[0].says["held_on"] if held and held[0].says else None
        if conference_on and conference_on < self.asked.first_day:
            self.tally.leave_out("conference_before", event.key, *(one.key for one in held))
            return
        if conference_on is None and started_on < self.asked.first_day:
            self.tally.leave_out("section_47_before", event.key)
            return
        self.tally.leave_out("conference_second", *(one.key for one in held[1:]))
        is_excused = conference_on is None and self._is_excused(event, said)
        target_on, strategy_on = said.get("conference_target_on"), said.get("strategy_on") if event.says else event.on
        if target_on is None and strategy_on is not None and not is_excused:
            target_on = self.target(strategy_on)
        details.Section47.append(
            Section47(
                record=event.key,
                S47ActualStartDate=started_on,
                InitialCPCtarget=target_on,
                DateOfInitialCPC=conference_on,
                ICPCnotRequired=is_excused,
            )
        )
        self.tally.counts["section_47s"] += 1
        self.tally.counts["conferences"] += conference_on is not None

    def _is_excused(self, event: Event, said: dict[str, Any]) -> bool:
        """That no conference is called: of each child apart where it was decided here, of the one child where a file says so."""
        if event.own is not None:
            return event.own is False and self.asked.knows(said.get("decided_on")) is not None
        return bool(said.get("conference_not_required"))

    def _conference_beside(self, event: Event, details: CINdetails) -> None:
        assert event.says is not None
        held_on: date = event.says["held_on"]
        if held_on < self.asked.first_day:
            self.tally.leave_out("conference_before", event.key)
            return
        if details.DateOfInitialCPC is not None:
            self.tally.leave_out("conference_beside", event.key)
            return
        details.DateOfInitialCPC = held_on
        self.tally.counts["conferences_beside"] += 1

    def _protection_plan(self, event: Event, details: CINdetails) -> None:
        said = event.says
        assert said is not None
        ended_on = self.asked.knows(said["ended_on"])
        if not said["stands"]:
            self.tally.leave_out("protection_plan_unclear", event.key)
            return
        if ended_on and ended_on < self.asked.first_day:
            self.tally.leave_out("protection_plan_before", event.key)
            return
        dated = [category for from_on, category in self.facts.categories.get(event.key, ()) if from_on <= self.asked.until]
        latest = dated[-1] if dated else said["latest_category"] or said["initial_category"]
        details.ChildProtectionPlans.append(
            ChildProtectionPlan(
                record=event.key,
                CPPstartDate=said["started_on"],
                CPPendDate=ended_on,
                InitialCategoryOfAbuse=said["initial_category"],
                LatestCategoryOfAbuse=latest,
                NumberOfPreviousCPP=said["previous_plans"],
            )
        )
        self.tally.counts["protection_plans"] += 1
        self.tally.counts["plans_begun"] += self.asked.holds(said["started_on"])
        self.tally.counts["plans_ended"] += ended_on is not None

    def _reviews(self, known: list[Event], details: CINdetails) -> None:
        """Every review of a plan that is told, those of earlier years too: whether it was reviewed in time is counted from its start."""
        plans = {plan.record: plan for plan in details.ChildProtectionPlans}
        for event in known:
            if event.kind is protection.ReviewConference and event.says and (held_on := self.asked.knows(event.says["held_on"])):
                reviewed = self.links.plan_of(event)
                if reviewed in plans:
                    plans[reviewed].Reviews.append(Review(record=event.key, CPPreviewDate=held_on))
                    self.tally.counts["reviews"] += 1
                elif reviewed is None and self.asked.holds(held_on):
                    self.tally.leave_out("review_without_plan", event.key)

    def _pre_proceedings(self, event: Event, details: CINdetails) -> None:
        assert event.says is not None
        said = {name: self._as_at(event.says[name]) for name in BLOCK}
        if self.asked.census.year < FIRST_YEAR_OF_PRE_PROCEEDINGS:
            self.tally.leave_out("pre_proceedings_not_asked", event.key)
            return
        if said["step_decided_on"] and said["step_decided_on"] < self.asked.first_day:
            self.tally.leave_out("pre_proceedings_before", event.key)
            return
        names = [name for name in PreProceedings.__dataclass_fields__ if name[0].isupper()]
        details.PreProceedingsandFGDM.append(PreProceedings(record=event.key, **dict(zip(names, said.values(), strict=True))))
        self.tally.counts["pre_proceedings"] += 1

    def _as_at(self, answer: Any) -> Any:
        return self.asked.knows(answer) if isinstance(answer, date) else answer


ASKED_FOR = {
    family_help.ChildAndFamilyAssessment, family_help.ChildInNeedPlan, protection.Section47, *CONFERENCES, protection.ProtectionPlan,
    protection.ReviewConference, protection.PreProceedings,
}  # fmt: skip
