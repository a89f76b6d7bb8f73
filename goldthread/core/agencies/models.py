"""Agency → service → team → post → worker, all dated; allocation, cover, duty roles, and who is involved with a child."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldthread.core.people.models.dated import Dated

LIVE = Q(until_on=None)


class Agency(models.Model):
    """A body with a part in safeguarding: the authority itself, police, a school, a practice. `kind` is from codes agency.kind."""

    name = models.TextField()
    kind = models.TextField()
    is_own_authority = models.BooleanField(default=False)
    address = models.TextField(null=True)
    phone = models.TextField(null=True)
    email = models.TextField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="one_agency_of_a_name")]


class Service(models.Model):
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    name = models.TextField()


class Team(models.Model):
    """`purpose` says which work it takes: front_door, assessment, family_help, protection, out_of_hours…"""

    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    name = models.TextField()
    purpose = models.TextField()
    phone = models.TextField(null=True)
    closed_on = models.DateField(null=True)


class Post(models.Model):
    """A seat in a team. Its line goes up by `reports_to`; a manager's post answers for the team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    title = models.TextField()
    is_manager = models.BooleanField(default=False)
    reports_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    closed_on = models.DateField(null=True)  # the first day on which there was no such post


class Worker(models.Model):
    """A member of staff of any agency. Professional registration is kept as told, not checked."""

    name = models.TextField()
    profession = models.TextField(null=True)
    registration = models.TextField(null=True)
    phone = models.TextField(null=True)
    email = models.TextField(null=True)


class SignIn(Dated):
    """Which sign-in is this worker's, with dates."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user"], condition=LIVE, name="one_worker_a_sign_in")]


class WayBack(models.Model):
    """A new temporary pass phrase for somebody who has lost theirs, asked for by one person and agreed to by another.

    Nothing is changed before it is given; it is over after 24 hours. `is_agreed` is false where somebody said no: the one it is for, too.
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="ways_back")
    how = models.TextField()  # how whoever asked knew that it was they
    takes_steps_off = models.BooleanField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    is_agreed = models.BooleanField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(null=True)  # how whoever answered knew, or why not
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="way_back_by_time"), models.Index(fields=["worker"], name="way_back_of_worker")]
        constraints = [
            models.CheckConstraint(condition=~Q(is_agreed=True, answered_by=F("asked_by")), name="nobody_agrees_to_what_they_asked"),
            models.CheckConstraint(
                condition=Q(given_at=None) | Q(is_agreed__isnull=False, is_agreed=True), name="a_way_back_is_given_once_agreed"
            ),
            models.CheckConstraint(condition=Q(is_agreed=None) | Q(answered_by__isnull=False), name="an_answer_is_somebodys"),
        ]


class Holding(Dated):
    """A worker in a post."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT)


class Duty(Dated):
    """A duty role held for a time, which widens what may be seen or done."""

    ROLES: ClassVar = {
        "front_door": "Front door (contacts and screening)",
        "out_of_hours": "Out of hours",
        "restricted_lead": "Restricted-records lead",
        "information_governance": "Information governance",
        "data_officer": "Data officer",
        "conference_chair": "Conference chair",
        "principal_social_worker": "Principal social worker",
        "administrator": "Administrator",
        "inspector": "Inspector (reads, writes nothing)",
        "auditor": "Auditor (reads a chosen sample, writes nothing)",
        "analyst": "Analyst (figures without names, writes nothing)",
    }
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT)
    role = models.TextField(choices=list(ROLES.items()))


class Sight(Dated):
    """A colleague may see a child for a purpose, for a time. Restriction and declared conflicts hold against it; cover does not hand it on."""

    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="sights")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="sights")
    purpose = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_why = models.TextField(null=True)  # before its day
    is_sample = models.BooleanField(default=False, db_default=False)  # chosen for an auditor: opens nothing to anybody else

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="a_sight_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=False, until_on__isnull=False, until_on__gte=F("from_on")), name="a_sight_has_both_its_days"
            ),
        ]


class Cover(Dated):
    """Someone works for someone who is away: sees their children, gets their list."""

    away = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="covered_by")
    covering = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="covers")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(away=F("covering")), name="nobody_covers_themselves")]


class Allocation(Dated):
    """Who answers for a child: a worker in a team, or a team while nobody is named."""

    LEAD, FAMILY_HELP = "lead_social_worker", "family_help_lead"
    ROLES: ClassVar = {LEAD: "Social worker", FAMILY_HELP: "Family help lead"}

    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="allocations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="allocations")
    role = models.TextField(choices=list(ROLES.items()), default=LEAD)
    why_ended = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "role"], condition=LIVE, name="one_live_allocation_a_role"),
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="an_allocation_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["team"], condition=LIVE, name="live_allocation_of_team"),
            models.Index(fields=["worker"], condition=LIVE, name="live_allocation_of_worker"),
        ]


class Involvement(Dated):
    """A professional of any agency who knows the child: whom to ask, tell and invite."""

    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="involvements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    name = models.TextField(null=True)
    role = models.TextField()
    phone = models.TextField(null=True)
    email = models.TextField(null=True)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT)

    class Meta:
        indexes = [models.Index(fields=["child"], condition=LIVE, name="live_involvement_of_child")]
