"""The `goldthread` command. It stands above the floors, because demo and import reach into rooms that ground may not know."""

import argparse
import errno
import getpass
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.trouble import Trouble, chain

Arguments = argparse.Namespace
DEMO_AUTHORITY = {"authority": "Borough of Hallowmere", "la_code": "999", "ons_code": "E09999999"}


def say(line: str) -> None:
    print(line, flush=True)


def main(words: list[str] | None = None) -> None:
    """Run one command; what goes wrong outside the program is one sentence and exit code 1."""
    arguments = parser().parse_args(words)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        sys.exit(arguments.run(arguments) or 0)
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(130)
    except Trouble as trouble:
        sys.exit(str(trouble))
    except Exception as error:
        if sentence := outside(error):
            sys.exit(sentence)
        raise


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def outside(error: BaseException | None) -> str | None:
    """A sentence for a fault of the machine, wherever in the chain of causes it stands; None for a fault of ours."""
    for one in chain(error):
        number, words = getattr(one, "errno", None), str(one)
        if number in (errno.ENOSPC, errno.EDQUOT) or "No space left on device" in words or "Check free disk space" in words:
            return f"The disk is full: free some space (the data are in {settings.data_dir}) and start again."
        if isinstance(one, OSError) and number in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR):
            return f"{one.filename} cannot be written: {one.strerror}."
        if type(one).__name__ == "OperationalError" and type(one).__module__.startswith(("psycopg", "django")):
            return f"The database does not answer: {words.splitlines()[0]}"
    return None


def say_how_far(what: str, done: int, total: int) -> None:
    """One line that fills up; where nobody watches, a line each time."""
    line = f"{what}: {100 * done // max(total, 1)} %"
    print(f"\r{line:<70}" if sys.stdout.isatty() else line, end="" if sys.stdout.isatty() else "\n", flush=True)


@contextmanager
def django_at_hand() -> Iterator[None]:
    """The database, embedded if none is named, and Django set up to speak to it."""
    from goldthread.ground.boot.database import at_hand
    from goldthread.ground.boot.secret import keep_secret

    keep_secret()
    with at_hand():
        from goldthread.ground.boot.at_work import set_up_django

        set_up_django()
        yield


def migrate_embedded() -> None:
    """The embedded database migrates itself; an ordinary one is migrated by whoever runs it, when they choose."""
    from goldthread.ground.boot.health import migrations
    from goldthread.ground.boot.postgres import RUNNING
    from goldthread.ground.boot.roles import bring_up_to_date

    found = migrations()
    if found.is_well:
        return
    if not RUNNING:
        raise Trouble(found.sentence)
    say("Laying out the database …")
    bring_up_to_date(verbosity=0)


def say_what_no_key_opens() -> None:
    """The start goes on: passkeys open without, and records are needed."""
    from goldthread.ground.access.second_steps.queries import readable, unreadable

    if unreadable():
        say(readable().sentence)


def say_why_no_saml() -> None:
    """The start goes on: other ways in do not need it."""
    from goldthread.ground.boot.saml import why_not

    if settings.saml_entity_id and (sentence := why_not()):
        say(sentence)


def serve(arguments: Arguments) -> None:
    from goldthread.ground.boot import serving

    serving.must_be_built()
    serving.must_be_free(arguments.host, arguments.port)
    with django_at_hand():
        migrate_embedded()
        say_what_no_key_opens()
        say_why_no_saml()
        serving.serve(arguments.host, arguments.port, say, with_worker=not arguments.without_worker, reload=arguments.reload)


def worker(arguments: Arguments) -> None:
    with django_at_hand():
        from goldthread.ground.jobs.working import work

        work()


def migrate(arguments: Arguments) -> None:
    with django_at_hand():
        from goldthread.ground.boot.roles import bring_up_to_date

        bring_up_to_date(verbosity=1)


def create_admin(arguments: Arguments) -> None:
    with django_at_hand():
        migrate_embedded()
        from django.contrib.auth import get_user_model
        from django.contrib.auth.password_validation import validate_password
        from django.core.exceptions import ValidationError

        from goldthread.ground.audit.acting import acting

        users = get_user_model()
        if users.objects.filter(username=arguments.username).exists():
            raise Trouble(f"There is a user “{arguments.username}” already.")
        phrase = os.environ.get("ADMIN_PASS_PHRASE") or getpass.getpass("Pass phrase: ")
        try:
            validate_password(phrase)
        except ValidationError as refused:
            raise Trouble(" ".join(refused.messages)) from None
        with acting(system="create-admin", purpose="first administrator"):
            users.objects.create_superuser(arguments.username, arguments.email, phrase)
        say(f"“{arguments.username}” may sign in and set up the authority.")


def demo(arguments: Arguments) -> None:
    from goldthread.ground.boot import serving

    serving.must_be_built()
    serving.must_be_free(arguments.host, arguments.port)
    with django_at_hand():
        prepare_demo(arguments.size, reset=arguments.reset)
        say_who_can_sign_in()
        serving.serve(arguments.host, arguments.port, say)


def say_who_can_sign_in() -> None:
    from goldthread.demo.people_to_meet import PEOPLE

    say("Signing in is one click, in a browser on this machine:")
    for person in PEOPLE:
        say(f"  {person.name:17} {person.post:34} {person.line}")


def prepare_demo(size: str | None, *, reset: bool) -> None:
    """A filled demo: kept from last time, or made now. A filling that was killed is begun again."""
    from goldthread.demo.borough import fill
    from goldthread.ground.audit.acting import acting
    from goldthread.ground.boot import actions, queries
    from goldthread.ground.boot.backup import empty, tables
    from goldthread.ground.boot.health import migrations
    from goldthread.ground.boot.roles import bring_up_to_date, learn_sizes

    laid_out = tables() > 0
    if laid_out:
        bring_up_to_date(verbosity=0) if not migrations().is_well else None
        found = queries.installation()
        half_filled = bool(found and found.is_demo and not found.demo_filled_at)
        if found and found.is_demo and found.demo_filled_at and not reset:
            if size and size != found.demo_size:
                raise Trouble(
                    f"The demo holds the size “{found.demo_size}”: “goldthread demo --reset --size {size}” throws it away and starts over."
                )
            return
        if reset or half_filled:
            if found:
                queries.must_be_demo()
            elif table := queries.first_filled_table():
                raise Trouble(f"This database is not a demo and is not empty (there are rows in {table}): it is left alone.")
            if half_filled and not reset:
                say("The last filling was cut short: it is begun again.")
            empty()
    say("Laying out the database …")
    bring_up_to_date(verbosity=0)
    with acting(system="demo"):
        actions.mark_demo(**DEMO_AUTHORITY, size=size or "locality")
    fill(size or "locality", say_how_far)
    learn_sizes()
    print()
    with acting(system="demo"):
        actions.note_demo_filled()


def import_cin(arguments: Arguments) -> None:
    with django_at_hand():
        from goldthread.out.exchange.cin.actions import import_file
        from goldthread.out.exchange.queries import write_faults

        migrate_embedded()
        report = import_file(arguments.file, say=say, expected_la=arguments.authority, expected_year=arguments.year)
        if arguments.faults:
            with arguments.faults.open("w", encoding="utf-8", newline="") as out:
                say(f"{write_faults(report.run, out):,} faults written to {arguments.faults}.")


def export_cin(arguments: Arguments) -> None:
    with django_at_hand():
        from goldthread.ground.boot.queries import responsible_authority
        from goldthread.out.returns.actions import export_file
        from goldthread.out.returns.cin.tally import lines_of

        migrate_embedded()
        authority = arguments.la or responsible_authority()
        path = arguments.output or Path(f"cin-{arguments.year}-{authority}.xml")
        manifest = export_file(path, year=arguments.year, authority=authority, at=arguments.at, say=say)
        for line in lines_of(manifest):
            say(line)
        say(f"The return is {path} ({path.stat().st_size / 1e6:.1f} MB); what was left out, record by record, is in {path}.manifest.json.")
        say("Both are about real children: keep them as you keep the records.")


def check_cin(arguments: Arguments) -> int:
    """Without a database: 0 clean, 1 with failures, 2 where the file cannot be read."""
    from goldthread.out.exchange.cin.census import FileRefused
    from goldthread.out.returns.cin.checking import check_file
    from goldthread.out.returns.cin.report import Report

    try:
        report = Report(check_file(arguments.file, year=arguments.year, authority=arguments.authority))
    except FileRefused as refusal:
        where = f"{arguments.file}, line {refusal.line}" if refusal.line else str(arguments.file)
        print(f"{where}: {refusal.sentence}", file=sys.stderr)
        return 2
    for file, write in ((arguments.csv, report.write_csv), (arguments.json, report.write_json)):
        if file:
            with file.open("w", encoding="utf-8", newline="") as out:
                write(out)
    tell(report.lines())
    return 1 if report.checked.failures else 0


def compare_cin(arguments: Arguments) -> int:
    """Without a database: 0 compared, 2 where a file cannot be read."""
    from goldthread.out.exchange.cin.census import FileRefused
    from goldthread.out.returns.cin.comparing import compare
    from goldthread.out.returns.cin.comparison_report import ComparisonReport

    try:
        report = ComparisonReport(compare(arguments.file, arguments.other))
    except FileRefused as refusal:
        where = f" (line {refusal.line})" if refusal.line else ""
        print(f"{refusal.sentence}{where}", file=sys.stderr)
        return 2
    if arguments.csv:
        with arguments.csv.open("w", encoding="utf-8", newline="") as out:
            report.write_csv(out)
    tell(report.lines())
    return 0


def tell(lines: Iterable[str]) -> None:
    try:
        print("\n".join(lines), flush=True)
    except BrokenPipeError:  # whoever listened has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def health(arguments: Arguments) -> int:
    with django_at_hand():
        from goldthread.ground.boot.health import findings

        is_well = True
        for finding in findings():
            is_well &= finding.is_well
            say(f"{'well' if finding.is_well else 'ILL ':5} {finding.what:12} {finding.sentence}")
        return 0 if is_well else 1


def verify_audit(arguments: Arguments) -> int:
    """0 whole, 1 not whole, 2 where there is nothing to compare with."""
    with django_at_hand():
        from goldthread.ground.audit.report import say_newest, verify_and_tell

        if arguments.print:
            return say_newest(say)
        return verify_and_tell(say, since=arguments.since, expected=arguments.expect, by=getpass.getuser())


def show_settings(arguments: Arguments) -> None:
    for name, value, meaning in settings.table():
        say(f"{name:26} {value}\n{'':26} {meaning}")


def day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{words}” is not a day: write it as 2026-03-31") from None


def parser() -> argparse.ArgumentParser:
    from goldthread import keeping

    top = argparse.ArgumentParser(prog="goldthread", description="Case recording for English children’s services.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Arguments], int | None], about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(run=run)
        return made

    def listening(made: argparse.ArgumentParser) -> None:
        made.add_argument("--host", default=settings.host, help="the address to listen on (%(default)s)")
        made.add_argument("--port", type=int, default=settings.port, help="the port to listen on (%(default)s)")

    made = command("serve", serve, "Serve the product: web server, worker, and the embedded database if no other is named.")
    listening(made)
    made.add_argument("--without-worker", action="store_true", help="leave the jobs to “goldthread worker” elsewhere")
    made.add_argument("--reload", action="store_true", help="start again whenever the code changes; for building")
    command("worker", worker, "Run the jobs that wait: letters, messages, nightly work.")
    command("migrate", migrate, "Bring the database’s tables up to this version, as their owner.")
    made = command("create-admin", create_admin, "Make the first administrator; asks for a pass phrase.")
    made.add_argument("username")
    made.add_argument("--email", default="")
    made = command("demo", demo, "Fill a fictional borough, once, and serve it.")
    listening(made)
    made.add_argument("--reset", action="store_true", help="throw the demo away and start over")
    made.add_argument("--size", choices=["locality", "borough"], help="how much of the borough (locality, if nothing stands yet)")
    made = command("import", import_cin, "Read a file of another system or of a return.")
    made.add_argument("kind", choices=["cin"], help="cin: a children-in-need census, 2021-22 to 2026-27")
    made.add_argument("file", type=Path)
    made.add_argument("--year", type=int, help="refuse any other census than the one ending on 31 March of this year")
    made.add_argument("--authority", help="refuse the census of any other authority (its three digits)")
    made.add_argument("--faults", type=Path, metavar="CSV", help="write every fault to this file")
    made = command("check", check_cin, "Check a return against its rules; exit code 0 clean, 1 with failures, 2 unreadable.")
    made.add_argument("kind", choices=["cin"], help="cin: a children-in-need census, 2022-23 to 2026-27")
    made.add_argument("file", type=Path)
    made.add_argument("--year", type=int, help="refuse any other census than the one ending on 31 March of this year")
    made.add_argument("--authority", help="refuse the census of any other authority (its three digits)")
    made.add_argument("--csv", type=Path, metavar="FILE", help="write every failure to this file, a row each")
    made.add_argument("--json", type=Path, metavar="FILE", help="write the counts and every failure to this file")
    made = command("compare", compare_cin, "Compare two returns: totals, indicators, children, elements; exit code 0, or 2 unreadable.")
    made.add_argument("kind", choices=["cin"], help="cin: a children-in-need census, 2022-23 to 2026-27")
    made.add_argument("file", type=Path)
    made.add_argument("other", type=Path, help="the file to lay beside it")
    made.add_argument("--csv", type=Path, metavar="FILE", help="write every difference to this file, a row each")
    made = command("export", export_cin, "Write a return from the records.")
    made.add_argument("kind", choices=["cin"], help="cin: a children-in-need census, 2022-23 to 2026-27")
    made.add_argument("--year", type=int, required=True, help="the census that ends on 31 March of this year")
    made.add_argument("--la", metavar="CODE", help="whose census (three digits); the authority of the database, if none is given")
    made.add_argument("-o", "--output", type=Path, metavar="FILE", help="if none: cin-YEAR-CODE.xml here; what it holds lies beside it")
    made.add_argument(
        "--at",
        type=day,
        metavar="DATE",
        help="what was true on this day, such as 2026-03-31 (31 March of the year, or today if that is to come)",
    )
    keeping.commands(command)
    command("health", health, "Look whether all is well; exit code 1 if not.")
    made = command("verify-audit", verify_audit, "Compare the audit trail with its seals; exit code 0 whole, 1 not whole, 2 no seals.")
    made.add_argument("--since", type=day, metavar="DAY", help="read the rows of this day and later; the chain is always read whole")
    made.add_argument("--print", action="store_true", help="say the newest seal’s hash, to be kept elsewhere, and compare nothing")
    made.add_argument("--expect", action="append", default=[], metavar="HASH", help="a hash kept elsewhere: it must be in the chain")
    command("settings", show_settings, "List every setting, its value now and its meaning.")
    return top
