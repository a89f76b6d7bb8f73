"""Who may see whom, said a second time: slowly, in plain words, one row after another, sharing nothing with the product's own rule.

Authority: the rules of practice and safety, and docs/decisions. A person is seen by whoever answers for a child, by those above
and those who cover, by the front door and out of hours, by the chair of the child's conferences, with the family around the child;
so does, for a time, one of ours who is invited to a meeting about the child, and a colleague let in by somebody who sees it;
never past a restriction without a grant that holds now, and never past one's own declared conflict.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from goldthread.core.agencies.models import Allocation, Cover, Duty, Holding, Involvement, Post, Sight, SignIn
from goldthread.core.people.models import Person, Relationship
from goldthread.core.records.models import Record, RecordChild
from goldthread.ground.access.models import Conflict, Grant, Restriction
from goldthread.ground.time.periods import LONDON
from goldthread.pathway.meeting.models import Arrangement, Invitee

LOOK_FOR_ANYBODY = {"front_door", "out_of_hours", "inspector"}
AFTER_A_MEETING = timedelta(days=28)
NOTHING_BESIDES = (
    "analyst",
    "auditor",
    "inspector",
)  # whoever only reads is nothing else; an analyst reads about nobody, an auditor a sample


@dataclass(eq=False)
class World:
    """Every row that access hangs on, as plain dictionaries."""

    today: date
    now: datetime

    def __post_init__(self) -> None:
        self.sign_ins = list(SignIn.objects.order_by("pk").values())
        self.covers = list(Cover.objects.values())
        self.holdings = list(Holding.objects.values())
        self.posts = {row["id"]: row for row in Post.objects.values()}
        self.duties = list(Duty.objects.values())
        self.allocations = list(Allocation.objects.values())
        self.involvements = list(Involvement.objects.values())
        self.family: dict[int, set[int]] = defaultdict(set)
        self.partners: dict[int, set[int]] = defaultdict(set)
        for person, other, kind in Relationship.objects.values_list("person", "other", "kind"):
            self.family[person].add(other)
            if kind in {"partner", "spouse", "former_partner", "former_spouse"}:
                self.partners[person].add(other)
        self.restrictions = list(Restriction.objects.values())
        self.grants = list(Grant.objects.values())
        self.conflicts = list(Conflict.objects.values())
        self.records = list(Record.objects.values("id", "recorded_by_id", "state", "happened_on"))
        self.sights = list(Sight.objects.values())
        self.invitees = list(Invitee.objects.values())
        self.arranged = {row["record_id"]: row for row in Arrangement.objects.values()}
        self.links = list(RecordChild.objects.values())
        self.people = list(Person.objects.values_list("pk", flat=True))

    def holds(self, row: dict) -> bool:
        """Whether a dated row holds today: its last day is the first on which it does not."""
        return (row["from_on"] is None or row["from_on"] <= self.today) and (row["until_on"] is None or row["until_on"] > self.today)

    @cache  # noqa: B019 - a world lasts as long as its test
    def worker_of(self, user: int) -> int | None:
        for row in self.sign_ins:
            if row["user_id"] == user and self.holds(row):
                return row["worker_id"]
        return None

    @cache  # noqa: B019 - a world lasts as long as its test
    def acts_as(self, user: int) -> set[int]:
        """The worker, and everybody whom the worker covers for. Cover is not handed on."""
        worker = self.worker_of(user)
        if worker is None or self.only_reads_as(user):
            return set()
        return {worker} | {row["away_id"] for row in self.covers if row["covering_id"] == worker and self.holds(row)}

    @cache  # noqa: B019 - a world lasts as long as its test
    def duties_of(self, user: int) -> set[str]:
        only = self.only_reads_as(user)
        if only:
            return {only}
        held = [row for row in self.duties if self.holds(row) and row["worker_id"] in self.acts_as(user)]
        return {row["role"] for row in held if row["role"] not in NOTHING_BESIDES}

    @cache  # noqa: B019 - a world lasts as long as its test
    def only_reads_as(self, user: int) -> str:
        worker = self.worker_of(user)
        own = [row["role"] for row in self.duties if row["worker_id"] == worker and self.holds(row)]
        return next((role for role in NOTHING_BESIDES if role in own), "")

    @cache  # noqa: B019 - a world lasts as long as its test
    def teams_of(self, user: int) -> set[int]:
        """The teams of the worker's own posts; and, below every managing post held or covered for, each team down the line."""
        worker, found = self.worker_of(user), set()
        if self.only_reads_as(user):
            return found
        for row in self.holdings:
            if not self.holds(row):
                continue
            post = self.posts[row["post_id"]]
            if row["worker_id"] == worker:
                found.add(post["team_id"])
            if row["worker_id"] in self.acts_as(user) and post["is_manager"]:
                found |= self.teams_below(post["id"])
        return found

    def teams_below(self, post: int) -> set[int]:
        found = {self.posts[post]["team_id"]}
        for other in self.posts.values():
            if other["reports_to_id"] == post:
                found |= self.teams_below(other["id"])
        return found

    @cache  # noqa: B019 - a world lasts as long as its test
    def answers_for(self, user: int, child: int) -> bool:
        workers, teams = self.acts_as(user), self.teams_of(user)
        for row in self.allocations:
            if row["child_id"] == child and self.holds(row) and (row["worker_id"] in workers or row["team_id"] in teams):
                return True
        return False

    @cache  # noqa: B019 - a world lasts as long as its test
    def chairs_for(self, user: int, child: int) -> bool:
        if "conference_chair" not in self.duties_of(user):
            return False
        workers = self.acts_as(user)
        for row in self.involvements:
            if row["child_id"] == child and row["role"] == "Conference chair" and row["worker_id"] in workers and self.holds(row):
                return True
        return False

    @cache  # noqa: B019 - a world lasts as long as its test
    def let_in_to(self, user: int) -> set[int]:
        """Children seen for a time by the worker alone: of meetings they are invited to, and those a colleague shows them."""
        worker, found = self.worker_of(user), set()
        only = self.only_reads_as(user)
        if worker is None or only in {"analyst", "inspector"}:
            return found
        for row in self.sights:
            if row["worker_id"] == worker and row["is_sample"] == (only == "auditor") and row["from_on"] <= self.today < row["until_on"]:
                found.add(row["child_id"])
        if only:
            return found
        records = {row["id"]: row for row in self.records}
        for row in self.invitees:
            if row["worker_id"] != worker or row["left_out_at"] is not None or row["invited_at"] is None:
                continue
            if self.today > self.last_known_of(records[row["record_id"]], row["invited_at"].astimezone(LONDON).date()) + AFTER_A_MEETING:
                continue
            found |= {link["child_id"] for link in self.links if link["record_id"] == row["record_id"] and link["removed_at"] is None}
        return found

    def last_known_of(self, meeting: dict, invited_on: date) -> date:
        """The day it was held or called off; else the later of the planned day and the invitation."""
        arranged = self.arranged.get(meeting["id"], {})
        if meeting["state"] in {"agreed", "submitted"}:
            return meeting["happened_on"]
        if meeting["state"] == "void":
            return arranged.get("called_off_on") or invited_on
        planned = arranged.get("planned_on")
        return max(planned, invited_on) if planned else invited_on

    @cache  # noqa: B019 - a world lasts as long as its test
    def is_kept_from(self, user: int, person: int) -> bool:
        for row in self.conflicts:
            if row["user_id"] == user and row["person"] == person and row["ended_at"] is None:
                return True
        for row in self.restrictions:
            if row["person"] == person and row["ended_at"] is None:
                return not self.is_let_past(user, person)
        return False

    def is_let_past(self, user: int, person: int) -> bool:
        for row in self.grants:
            if row["user_id"] == user and row["person"] == person and row["from_at"] <= self.now < row["until_at"]:
                return True
        return False

    def may_see_person(self, user: int, person: int) -> bool:
        if self.is_kept_from(user, person):
            return False
        if self.duties_of(user) & LOOK_FOR_ANYBODY or self.answers_for(user, person) or self.chairs_for(user, person):
            return True
        lent = self.let_in_to(user)
        if person in lent or any(person in self.family[child] for child in lent):
            return True
        for child in self.people:
            family = self.family[child]
            if self.answers_for(user, child) and (person in family or self.family[person] & family):
                return True
            if self.answers_for(user, child) and any(person in self.partners[adult] for adult in family):
                return True
            if self.chairs_for(user, child) and person in family:
                return True
        return False

    def may_see_record(self, user: int, record: dict) -> bool:
        ever = [row for row in self.links if row["record_id"] == record["id"]]
        about = [row["child_id"] for row in ever if row["removed_at"] is None]
        if any(self.is_kept_from(user, child) for child in about):
            return False
        if self.duties_of(user) & LOOK_FOR_ANYBODY:
            return True
        if not ever:
            return record["recorded_by_id"] == user
        return any(self.answers_for(user, child) or self.chairs_for(user, child) or child in self.let_in_to(user) for child in about)
