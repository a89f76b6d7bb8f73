"""A very small borough to be looked at: the people and records that stand for all the others, found by what they are."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from goldthread.core.agencies.actions import cover, create_worker, give_sample, let_see
from goldthread.core.agencies.models import Allocation, Duty, Holding, Involvement, SignIn
from goldthread.core.agencies.ways_back.actions import ask_for_way_back
from goldthread.core.agencies.ways_back.queries import in_line_above
from goldthread.core.documents.models import Letter
from goldthread.core.oversight.actions import look_through, watch
from goldthread.core.oversight.models import Finding
from goldthread.core.people.actions import create_person, raise_alert, set_contact_point
from goldthread.core.people.facts import Name, Reach
from goldthread.core.people.models import Alert, ContactPoint, Identifier, Merge, Person, PersonAddress, Relationship
from goldthread.core.records.actions import write_note
from goldthread.core.records.models import Record
from goldthread.core.sharing.actions import enter_agreement
from goldthread.core.work.queries import tasks_of
from goldthread.demo.borough import fill
from goldthread.demo.people_to_meet import PEOPLE
from goldthread.face.web.tests.pages import signed_in
from goldthread.ground.access.actions import break_glass, declare_conflict
from goldthread.ground.access.models import Grant, Restriction, User
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.acting import acting
from goldthread.ground.audit.models import Reading
from goldthread.ground.boot.actions import mark_demo
from goldthread.ground.running.actions import keep as keep_minutes
from goldthread.ground.running.measuring import Measured
from goldthread.out.exchange.cin.actions import import_file
from goldthread.out.exchange.models import ImportRun
from goldthread.out.insight.queries import populations
from goldthread.out.returns.actions import begin_return, write_asked
from goldthread.out.returns.failures.models import Failure
from goldthread.out.returns.models import ReturnWork
from goldthread.out.rights.actions import agree, may_go, place_hold
from goldthread.out.rights.models import Hold
from goldthread.pathway.meeting.models import Invitee
from goldthread.practice.front_door.actions import take_call
from goldthread.practice.front_door.describing.actions import describe, save_description, settle
from goldthread.practice.front_door.describing.person import DescribedPerson
from goldthread.practice.protection.copies import parents_with_copies
from goldthread.practice.protection.models import ProtectionPlan, WrittenPlan
from tests.cin_files.generator import write_census


def fill_borough(folder: Path) -> None:
    """Everyone of the demo, a census read in, and one record opened in an emergency.

    All in one transaction, which the database has no figures of: it takes every table for empty, and would go through all
    records once for each. So it is told to join them otherwise. Nobody of an earlier borough is remembered.
    """
    forget()
    with acting(system="demo"):
        mark_demo(authority="Borough of Hallowmere", la_code="999", ons_code="E09999999", size="locality")
    fill("tiny", today=localdate())
    path = folder / "children-in-need-2026.xml"
    with path.open("wb") as out:
        write_census(out, year=2026, children=12, seed=7)
    path.write_text(path.read_text(encoding="utf-8").replace("<Sex>F</Sex>", "", 2), encoding="utf-8")
    import_file(path, say=lambda line: None)
    with acting(system="test"):
        opened = Restriction.objects.order_by("pk").last()
        assert opened is not None
        break_glass(user=user("tomasz.wrona"), person=opened.person, why="A neighbour heard screams; nobody answers the lead’s telephone.")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")


@cache
def user(name: str) -> Any:
    return User.objects.get(username=name)


@cache
def client(name: str) -> Client:
    """Somebody’s browser; nobody’s when there is no name."""
    return signed_in(user(name)) if name else Client()


def forget() -> None:
    """The borough is gone: so are its people."""
    user.cache_clear()
    client.cache_clear()


def mine(name: str) -> QuerySet[Person]:
    """Children somebody answers for now, those with most on file first."""
    workers = SignIn.objects.filter(user=user(name)).values("worker")
    held = Allocation.objects.filter(worker__in=workers, until_on=None).values("child")
    return Person.objects.filter(pk__in=held, is_named=True).annotate(entries=Count("record_links")).order_by("-entries", "pk")


def of(person: Person, model: Any) -> int:
    """The key of a row of this person's that holds now."""
    found = model.objects.filter(person=person, until_on=None).values_list("pk", flat=True).first()
    assert found, f"{person} has no {model.__name__}"
    return int(found)


def names() -> dict[str, Any]:
    """What stands in the curly brackets of an address."""
    child, need = mine("keisha.bartley").filter(died_on=None).first(), mine("dele.afolayan").filter(died_on=None).first()
    unborn = Person.objects.seen_by(user("martin.everett")).filter(expected_on__isnull=False, born_on=None, pregnancy_ended_on=None).first()
    mother = Relationship.objects.filter(person=child, kind="mother").select_related("other").first()
    merge = Merge.objects.filter(approved_at=None).select_related("kept", "duplicate").first()
    assert child and need and unborn and mother and merge
    with acting(user("keisha.bartley")):
        set_contact_point(person=child, reach=Reach(kind="phone", value="07700 900123", is_safe=False, from_on=localdate()))
        set_contact_point(person=mother.other, reach=Reach(kind="phone", value="07700 900456", is_safe=True, safe_times="mornings"))
        raise_alert(person=child, kind="safe_contact", what="Never ring after four.", by=user("keisha.bartley"), review_on=localdate())
    restricted = Person.objects.get(pk=Restriction.objects.order_by("pk")[0].person)
    written = Record.objects.filter(kind="front_door.contact", state=Record.AGREED, origin=Record.HERE, recorded_by=user("yasmin.haddad"))
    (read, reader), (allocate, allocator) = waiting_for(""), waiting_for("allocate")
    invitee = Invitee.objects.filter(record__in=Record.objects.seen_by(user("martin.everett"))).order_by("-pk")[0]
    note = Record.objects.filter(children__child=child, case_note__isnull=False)[0]
    return {
        "child": child.reference, "need": need.reference, "unborn": unborn.reference, "adult": mother.other.reference, "name": str(child),
        "kept": merge.kept.reference, "other": merge.duplicate.reference, "restricted": restricted.reference,
        "alert": of(child, Alert), "number": of(child, Identifier), "reach": of(child, ContactPoint), "stay": of(child, PersonAddress),
        "involved": Involvement.objects.filter(child=child, until_on=None)[0].pk, "run": ImportRun.objects.get().pk,
        "note": note.reference, "written": written.order_by("pk")[0].reference, "read": read, "reader": reader, "allocate": allocate, "allocator": allocator,
        "permit": Grant.objects.filter(kind=Grant.PERMIT).order_by("pk")[0].pk, **of_the_council(),
        "meeting": invitee.record.reference, "invitee": invitee.reference,
        "call": a_call(child, need, restricted), **a_plan(), **a_letter(), **returns(), "agreement": an_agreement(), "sight": a_sight(child), "auditor": an_auditor(need, restricted),
        **some_minutes(), **some_keeping(child),
    }  # fmt: skip


def returns() -> dict[str, int]:
    """One that is written, one that is half written, and a query of its rules."""
    year = localdate().year + (localdate() >= localdate().replace(month=4, day=1))
    done, going = (begin_return(year=year, authority="999", at=None, by=user("wei.kwok")) for _ in range(2))
    write_asked(done)
    ReturnWork.objects.filter(run=going).update(done=1_000, total=2_400)
    query = Failure.objects.filter(is_query=True, gone_on=None).first() or Failure.objects.create(
        year=year, child=mine("keisha.bartley")[0], code="8670Q", element="AssessmentActualStartDate", value="", is_query=True, found_on=localdate()
    )  # fmt: skip
    return {"return": done.pk, "return_going": going.pk, "question": query.pk}


def a_sight(child: Person) -> int:
    """A colleague of another team is let in to see the child."""
    by = user("keisha.bartley")
    with acting(by):
        worker = SignIn.objects.get(user=user("rhys.prosser")).worker
        return let_see(
            child=child, worker=worker, purpose="A second opinion on the plan.", last_on=localdate() + timedelta(days=13), by=by
        ).pk


def an_auditor(*sample: Person) -> int:
    """Reads these children, of whom one is restricted."""
    by, today = user("patience.eshun"), localdate()
    with acting(by):
        worker = create_worker(name="Tabitha Oyelaran", user=User.objects.create(username="auditor"), from_on=today, duties=["auditor"])
        give_sample(worker=worker, children=[one.pk for one in sample], purpose="Audit of assessments", last_on=today, by=by)
    return worker.pk


def some_minutes() -> dict[str, str]:
    """An hour of two days ago, of which the database was away for a while."""
    begun = timezone.now().replace(second=0, microsecond=0) - timedelta(days=2)
    took = [30, 8, 1, *[0] * 11]
    keep_minutes({begun + timedelta(minutes=n): Measured(39, 0, took, is_database_away=20 <= n < 28) for n in range(60)})
    return {}


def an_agreement() -> int:
    """With every school, for Family Help; its review is overdue."""
    with acting(user("patience.eshun")):
        made = enter_agreement(
            title="Family Help with schools", agency_kind="school", purposes=["family_help"], information="Attendance and what school sees.",
            basis="public_task", from_on=localdate() - timedelta(days=400), until_on=None, review_on=localdate() - timedelta(days=35),
            signed_by="Both directors", kept_at="Contracts 12", by=user("patience.eshun"),
        )  # fmt: skip
    return made.pk


def some_keeping(child: Person) -> dict[str, Any]:
    """Three records past their day: of one nothing is decided, one waits for a second person, one may go. Two holds, of which one is overdue."""
    today, by, other = localdate(), user("patience.eshun"), user("morag.urquhart")
    long_ago = today.replace(day=1, year=today.year - 8)
    with acting(by):
        found = []
        for given in ("Ottoline", "Peregrine", "Quilla"):
            one = create_person(names=[Name(given, "Marchbanks")], born_on=long_ago.replace(year=today.year - 20))
            write_note(children=[one.pk], kind="call", words="Nothing more was heard.", by=user("yasmin.haddad"), happened_on=long_ago)
            Record.objects.filter(children__child=one).update(recorded_at=timezone.now() - timedelta(days=8 * 365))
            found.append(one)
        waiting, agreed = (may_go(child=one, why="A question, answered at once.", by=other) for one in found[1:])
        agree(decided=agreed, by=by)
        hold = place_hold(
            child=child, asked_by="The county court", why="A claim.", from_on=today, review_on=today + timedelta(days=60), by=by
        )
        due = place_hold(
            kept_as="child_protection",
            asked_by="The inquiry",
            why="It asked every council.",
            from_on=today,
            review_on=today + timedelta(days=1),
            by=by,
        )
        Hold.objects.filter(pk=due.pk).update(from_on=today - timedelta(days=200), review_on=today - timedelta(days=1))
    return {"past": found[0].reference, "may_go": waiting.pk, "hold": hold.pk}


def a_letter() -> dict[str, str]:
    """A conference with letters, somebody who had one, and somebody who gets their next by decision only."""
    letter = Letter.objects.filter(gone_at__isnull=False, record__in=Record.objects.seen_by(user("martin.everett"))).order_by("-pk")[0]
    return {
        "conference": letter.record.reference,
        "sealed": letter.reference,
        "lettered": letter.person.reference,
        "letter_kind": letter.kind,
    }


def a_plan() -> dict[str, str]:
    """The newest version of a protection plan, a parent who has a copy, and one who has none."""
    agreed = Record.objects.filter(kind=WrittenPlan.kind(), state=Record.AGREED, followed_by=None).order_by("-pk")
    for record in agreed:
        copies = parents_with_copies(record)
        if any(not copy.refused for _, copy in copies):
            return {
                "plan": record.reference,
                "period": Record.objects.filter(kind=ProtectionPlan.kind(), children__child__in=record.children.values("child"))[
                    0
                ].reference,
                "copied": next(parent.reference for parent, copy in copies if not copy.refused),
            }
    raise AssertionError("no parent of the borough has a copy of a plan")


def of_the_council() -> dict[str, Any]:
    """Keys of what set-up changes: a worker without a sign-in, and one who has a post, a duty, somebody covering, and a family they know."""
    with acting(user("morag.urquhart")):
        declared = declare_conflict(
            user=user("rhys.prosser"), by=user("rhys.prosser"), why="They live next door.", whom="A family in Mill Lane"
        )
        stranger = create_worker(name="Nobody Yet", from_on=localdate())
        worker = SignIn.objects.get(user=user("yasmin.haddad")).worker
        holding = Holding.objects.filter(worker=worker, until_on=None)[0]
        covering = SignIn.objects.get(user=user("martin.everett")).worker
        away = cover(away=worker, covering=covering, from_on=localdate(), until=localdate() + timedelta(days=7))
    return {
        "worker": worker.pk, "stranger": stranger.pk, "post": holding.post_id, "team": holding.post.team_id, "holding": holding.pk,
        "population": populations()[0].pk, "duty": Duty.objects.filter(worker=worker)[0].pk, "cover": away.pk, "conflict": declared.pk,
        "look": a_look(), **ways_back(),
    }  # fmt: skip


def ways_back() -> dict[str, Any]:
    """Two new pass phrases asked for: one that somebody in the line may agree to, one as the one it is for sees it."""
    asking = user("morag.urquhart")
    theirs, own = (SignIn.objects.get(user=user(name)).worker for name in ("martin.everett", "dele.afolayan"))
    with acting(asking):
        asked = [ask_for_way_back(worker=worker, by=asking, how="Rang back", takes_steps_off=True) for worker in (theirs, own)]
    above = SignIn.objects.on(localdate()).filter(worker__in=in_line_above(theirs)).order_by("pk")[0].user
    return {"way": asked[0].pk, "own_way": asked[1].pk, "agrees": above.get_username(), "asked_for": theirs.pk}


def a_look() -> int:
    """A look of this night to look at again, and a watched record."""
    child = Allocation.objects.order_by("pk")[0].child_id
    with acting(user("patience.eshun")):
        watch(person=child, why="In the news.", by=user("patience.eshun"))
        Reading.objects.create(actor="user", user_id=user("rhys.prosser").pk, act="refused", what="a restricted person", people=[child])
        restricted = Restriction.objects.order_by("pk")[0].person
        Reading.objects.create(
            actor="user", user_id=user("rhys.prosser").pk, act="refused", what="a restricted person", people=[restricted]
        )
        look_through(localdate())
    return Finding.objects.filter(user=user("rhys.prosser"), reason="restricted")[0].pk


def waiting_for(step: str) -> tuple[str, str]:
    """The record of somebody’s open task, and who has it on their list."""
    for person in PEOPLE:
        task = tasks_of(standing(user(person.username))).filter(step=step).select_related("record").first()
        if task is not None and task.record is not None:
            return task.record.reference, person.username
    raise AssertionError(f"nobody of the borough is asked for “{step}”")


def a_call(child: Person, other: Person, restricted: Person) -> str:
    """A call about four people: one found, one who may be somebody on file, one who may be restricted, one of whom nothing is said yet."""
    by = user("yasmin.haddad")
    called = {told: told.names.order_by("pk")[0] for told in (child, other, restricted)}
    with acting(by):
        record = take_call(by=by, children=())
        for told in (child, other, restricted, None):
            row = describe(record=record, role=DescribedPerson.CHILD)
            if told is not None:
                name = called[told]
                said = {"given": name.given, "family": name.family} | {
                    f"born_{part}": str(getattr(told.born_on, part, "")) for part in ("day", "month", "year")
                }
                save_description(row=row, revision=0, answers=said)
        first = DescribedPerson.objects.get(record=record, position=1)
        settle(row=first, person=child, by=by)
    return record.reference
