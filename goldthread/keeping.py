"""Commands that keep what is recorded: backup and restore, everything out and in again."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from goldthread.commands import Arguments, django_at_hand, migrate_embedded, say
from goldthread.ground.boot.secret import keep_secret
from goldthread.ground.boot.trouble import Trouble

Command = Callable[[str, Callable[[Arguments], int | None], str], ArgumentParser]


def commands(command: Command) -> None:
    """Each with its words, in the order of `goldthread --help`."""
    made = command("backup", backup, "Write the whole database to a file.")
    made.add_argument("file", type=Path, nargs="?", help="if none: goldthread-DATE-TIME.dump here")
    made = command("restore", restore, "Read a backup into an empty database.")
    made.add_argument("file", type=Path)
    made.add_argument("--replace", action="store_true", help="throw away what the database holds now")
    made = command("drill", drill, "Bring the newest backup back on a server of its own, look whether it is whole, and throw that away.")
    which = made.add_mutually_exclusive_group()
    which.add_argument("file", type=Path, nargs="?", help="if none: the newest *.dump here")
    which.add_argument("--stanza", help="the newest of pgBackRest’s backups under this name, on the machine of its repository")
    made.add_argument("--pgbackrest", type=Path, metavar="FILE", help="pgBackRest’s configuration, if not in its usual place")
    made.add_argument("--json", action="store_true", help="for a program to read")
    made = command("rotate-keys", rotate_keys, "Encrypt what is encrypted in the database by the newest key.")
    made.add_argument("--new", action="store_true", help="make a new key first; where keys are settings, only say one")
    made = command("new-phrase", new_phrase, "The last way back in: a temporary pass phrase for a sign-in, where nobody can agree to one.")
    made.add_argument("username")
    made.add_argument("--why", required=True, help="who asked, and how you know that it is they; kept in the trail")
    made.add_argument("--everything", action="store_true", help="take passkeys, app and recovery codes off too")
    made = command("export-all", export_all, "Write everything to a folder in open formats: CSV, with a description, documents as files.")
    made.add_argument("folder", type=Path)
    made = command("import-all", import_all, "Read a folder of “export-all” into an empty database of the same version.")
    made.add_argument("folder", type=Path)


def backup(arguments: Arguments) -> None:
    with django_at_hand():
        from goldthread.ground.boot.backup import backup

        file = arguments.file or Path(f"goldthread-{datetime.now().astimezone():%Y-%m-%d-%H%M}.dump")
        backup(file)
        say(f"The backup is {file} ({file.stat().st_size / 1e6:.1f} MB). It holds everything, in clear: keep it as you keep the records.")


def restore(arguments: Arguments) -> None:
    with django_at_hand():
        from goldthread.ground.boot.backup import restore

        restore(arguments.file, replace=arguments.replace)
        say(f"The database is as it was in {arguments.file}.")


def drill(arguments: Arguments) -> int:
    from goldthread.drilling import drill, drill_repository, newest_in
    from goldthread.ground.boot.repository import Repository

    keep_secret()
    tell = (lambda words: None) if arguments.json else say
    if arguments.stanza:
        found = drill_repository(Repository(arguments.stanza, arguments.pgbackrest), say=tell)
    else:
        found = drill(arguments.file or newest_in(Path()), say=tell)
    for line in [json.dumps(asdict(found), ensure_ascii=False)] if arguments.json else found.lines():
        say(line)
    return 1 if found.wrong else 0


def rotate_keys(arguments: Arguments) -> int:
    """0 done, 1 where something is encrypted by a key that is not here."""
    from goldthread.ground.boot.field_keys import add_key, new_key
    from goldthread.ground.boot.settings import settings

    if arguments.new and settings.field_keys:
        say(new_key())
        say(
            "Put it first in GOLDTHREAD_FIELD_KEYS on every machine, before the older ones, and start the product there again; "
            "then run “goldthread rotate-keys”."
        )
        return 0
    with django_at_hand():
        from goldthread.ground.access.second_steps.actions import encrypt_anew

        migrate_embedded()
        if arguments.new:
            add_key()
        done, closed = encrypt_anew()
        say(f"{done} secrets of second steps were encrypted by the newest key.")
        if closed:
            say(f"{closed} could not be read by any key here, and were left as they are.")
        else:
            say("Keep the older keys for as long as you keep a backup from before.")
        return 1 if closed else 0


def new_phrase(arguments: Arguments) -> None:
    """The last way back in, for whoever has the machine: shown once, and in the trail with why."""
    with django_at_hand():
        migrate_embedded()
        from goldthread.core.agencies.ways_back.actions import give_at_the_machine
        from goldthread.ground.access.models import User
        from goldthread.ground.audit.acting import acting

        user = User.objects.filter(username=arguments.username, is_active=True).first()
        if user is None:
            raise Trouble(f"There is no sign-in “{arguments.username}” in use.")
        with acting(system="new-phrase", purpose=f"at the machine: {arguments.why}"):
            phrase = give_at_the_machine(user=user, takes_steps_off=arguments.everything)
        say(f"The temporary pass phrase of “{user.get_username()}”, for seven days: {phrase}")
        say("Tell it in person, or on a number that you have from elsewhere. It opens the page where they choose their own.")


def export_all(arguments: Arguments) -> None:
    with django_at_hand():
        from goldthread.out.exchange.everything.writing import write_everything

        migrate_embedded()
        write_everything(arguments.folder, say=say)
        say(
            f"Everything is in {arguments.folder}, in clear: keep it as you keep the records. “sha256sum -c SHA256SUMS” there says that it is whole."
        )


def import_all(arguments: Arguments) -> None:
    with django_at_hand():
        from goldthread.out.exchange.everything.reading import read_everything

        migrate_embedded()
        read_everything(arguments.folder, say=say)
        say(f"Everything of {arguments.folder} is here. Nobody can sign in yet: “goldthread create-admin NAME” makes whoever lets them in.")
