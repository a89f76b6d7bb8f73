"""Everything ever written about a child is a record: a header here, and its own typed answers in its room."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldthread.ground.access.predicate import SeenQuerySet

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_reference() -> str:
    """Ten letters and digits that cannot be misread; no nought, so never `0x` (the DfE's gateway refuses it)."""
    drawn, letters = secrets.randbelow(len(ALPHABET) ** 10), []
    for _ in range(10):
        drawn, place = divmod(drawn, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


class RecordQuerySet(SeenQuerySet):
    def about(self, child: object) -> "RecordQuerySet":
        """Records that stand on this child's file (an entry taken off the wrong child does not)."""
        return self.filter(children__child=child, children__removed_at=None)

    def standing(self) -> "RecordQuerySet":
        return self.exclude(state=Record.VOID)


class Record(models.Model):
    """The header: what kind, which children, when it happened, when and by whom it was written, in what state."""

    DRAFT, SUBMITTED, RETURNED, AGREED, VOID = "draft", "submitted", "returned", "agreed", "void"
    STATES: ClassVar = {
        DRAFT: "Being written",
        SUBMITTED: "Waiting for a decision",
        RETURNED: "Sent back",
        AGREED: "Complete",
        VOID: "Withdrawn",
    }
    HERE, IMPORTED, TRANSFERRED = "here", "imported", "transferred"
    ORIGINS: ClassVar = {HERE: "Recorded here", IMPORTED: "Imported", TRANSFERRED: "Transferred in"}

    reference = models.CharField(max_length=10, default=new_reference)
    kind = models.TextField()
    definition_version = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=DRAFT)
    step = models.TextField(null=True)  # the step now waited for; NULL when none is
    origin = models.CharField(max_length=11, choices=list(ORIGINS.items()), default=HERE)
    happened_on = models.DateField()
    happened_at = models.TimeField(null=True)
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    headline = models.TextField(default="")  # the chronology's line, composed when a step completes
    is_significant = models.BooleanField(null=True)  # marked by a person, never guessed
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by", db_index=False)  # indexed below
    responsible_authority = models.CharField(max_length=3, default="")
    version = models.IntegerField(default=0)
    void_why = models.TextField(null=True)
    source_line = models.IntegerField(null=True)
    source_hash = models.CharField(max_length=64, null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "happened_on"], name="record_of_kind"),
            models.Index(fields=["kind", "step"], condition=Q(step__isnull=False), name="record_waiting"),
            models.Index(fields=["follows"], condition=Q(follows__isnull=False), name="record_follows"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_record_a_reference"),
            models.CheckConstraint(condition=~Q(state="void") | Q(void_why__isnull=False), name="a_withdrawn_record_says_why"),
            models.CheckConstraint(condition=Q(origin="here") | Q(source_hash__isnull=False), name="an_imported_record_keeps_its_source"),
        ]

    def newest_copy(self) -> "FairCopy | None":
        """As it stands now; None before its first step is complete, and of what was imported."""
        return self.fair_copies.order_by("-version").first()


class RecordChild(models.Model):
    """A record is about this child. Taken off the wrong child with a reason; the row stays as the trace."""

    # Both are served by the constraint and the index below; three million links should not carry two more.
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="children", db_index=False)
    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="record_links", db_index=False)
    happened_on = models.DateField()  # the header's, kept here so that a child's chronology is one index range
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    removed_why = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child", "-happened_on", "-record"], condition=Q(removed_at=None), name="chronology_of_child")]
        constraints = [
            models.UniqueConstraint(fields=["record", "child"], name="a_child_once_a_record"),
            models.CheckConstraint(condition=Q(removed_at=None) | Q(removed_why__isnull=False), name="a_removal_says_why"),
        ]


class Draft(models.Model):
    """Raw answers exactly as typed, saved every few seconds; outside the change trail. Typed rows come on completion."""

    is_audited: ClassVar[bool] = False

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="drafts")
    step = models.TextField()
    answers = models.JSONField(default=dict)
    definition_version = models.SmallIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="drafts")
    revision = models.IntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)
    comments = models.TextField(null=True)  # why it was sent back
    last_tab = models.TextField(null=True)  # the open page that saved last, so that it never meets itself as somebody else
    # While an outage held words back in the writer's browser: since when they were written, and when they came.
    held_from = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    # What the form costs whoever fills it in, for `Effort` below.
    active_seconds = models.IntegerField(default=0)
    known = models.JSONField(default=dict)  # the answers that stood in it when it was opened first
    last_question = models.TextField(null=True)  # the input that was typed in last

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "step"], name="one_draft_a_step")]
        indexes = [models.Index(fields=["author", "saved_at"], name="draft_of_author")]


class DraftOpen(models.Model):
    """Who has a draft open, and when they were last heard from."""

    is_audited: ClassVar[bool] = False

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="open_by")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "user"], name="open_once_a_user")]


class Effort(models.Model):
    """What completing one form once cost: about the form, so neither the record nor anybody is named.

    `seconds` counts from save to save with pauses set aside, None where nothing was saved before it was completed. `known` answers stood in it
    when it was opened, and `changed` of them did not when it was completed.
    """

    is_audited: ClassVar[bool] = False

    kind = models.TextField()
    step = models.TextField()
    definition_version = models.SmallIntegerField()
    written_on = models.DateField()
    seconds = models.IntegerField(null=True)
    asked = models.IntegerField()
    answered = models.IntegerField()
    known = models.IntegerField()
    changed = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["written_on"], name="effort_of_day")]


class FairCopy(models.Model):
    """What was asked and what was answered, as shown on the day: evidence. Columns are for counting."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="fair_copies")
    version = models.SmallIntegerField()
    step = models.TextField()
    made_at = models.DateTimeField(db_default=models.functions.Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(null=True)  # the reason of a correction
    content = models.JSONField()
    definition_version = models.SmallIntegerField()
    held_from = models.DateTimeField(null=True)  # as its draft's: recorded late because of an outage
    held_until = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "version"], name="one_fair_copy_a_version")]


class Comment(models.Model):
    """A manager's words on a piece of work: sent back, or a direction put on the child's file."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=models.functions.Now())
    words = models.TextField()
    sent_back = models.BooleanField(default=False)


CASE_NOTE = "records.case_note"  # the kind of its header


class CaseNote(models.Model):
    """The plainest record: what happened, in words. A quick note is one sentence of it."""

    KINDS: ClassVar = {
        "quick": "Quick note",
        "call": "Telephone call",
        "visit": "Visit or meeting",
        "message": "Message or letter",
        "direct_work": "Direct work",
        "voice": "What the child says",
        "direction": "Manager’s direction",
        "other": "Other note",
    }
    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="case_note")
    kind = models.TextField(choices=list(KINDS.items()))
    words = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_note_says_something")]
