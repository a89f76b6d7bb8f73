"""Every test's ground: a throw-away PostgreSQL, reached as `app`, and a browser where one is installed."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from goldthread.ground.boot.postgres import Urls

# Pages and forms ask the database by way of the rooms below them, which are tried on every server: these once.
ON_ONE_SERVER = ("goldthread/face/", "goldthread/practice/", "tests/contracts/")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_client", "admin_user"}
RUNNING = pytest.StashKey[dict[str, Urls]]()
STACK = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres",
        choices=["embedded", "system", "both"],
        default="embedded",
        help="which PostgreSQL database-facing tests run on: the embedded one, the system's own, or both where the system has one",
    )
    parser.addoption("--pictures", metavar="FOLDER", help="where the contract of pages leaves a picture of each, to be looked at")
    parser.addoption("--refresh", action="store_true", help="write the pinned files anew instead of comparing with them")


def servers(config: pytest.Config) -> list[str]:
    from goldthread.ground.boot.tests.servers import system_programs

    chosen = config.getoption("--postgres")
    if chosen == "system" and system_programs() is None:
        raise pytest.UsageError("no PostgreSQL 15 or later is installed under /usr/lib/postgresql")
    if chosen == "both":
        return ["embedded", "system"] if system_programs() else ["embedded"]
    return [chosen]


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    # Playwright keeps an event loop in the test's thread; Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    encrypt_by_a_key_of_our_own()
    serve_static_files_as_they_are()
    a_forced_sign_in_is_whole()
    a_test_reads_over_everyone()
    config.stash[RUNNING], config.stash[STACK] = {}, ExitStack()
    received = getattr(config, "workerinput", {}).get("postgres", {})
    config.stash[RUNNING].update({name: Urls(Path(folder)) for name, folder in received.items()})
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput") and not config.option.collectonly:
        for name in servers(config):
            running(config, name)


def have_patience() -> None:
    """With a database whose tables have never been counted, and every core at work, a page may ask for longer than a person would wait."""
    from goldthread.ground.boot.settings import settings

    settings.patience_seconds = 600


def encrypt_by_a_key_of_our_own() -> None:
    """No test leaves a key in the checkout’s data folder."""
    from goldthread.ground.boot.field_keys import new_key
    from goldthread.ground.boot.settings import settings

    settings.field_keys = new_key()


def serve_static_files_as_they_are() -> None:
    """From where they are written or built, under their plain names: a test needs no collecting."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


def a_forced_sign_in_is_whole() -> None:
    """`Client.force_login` stands for somebody who has passed every step; what each step asks has tests that go through the pages."""
    from django.test import Client

    forced = Client.force_login

    def whole(client: Client, user: Any, backend: str | None = None) -> None:
        forced(client, user, backend)
        session = client.session
        session["second_step"] = "forced"
        session.save()

    Client.force_login = whole  # type: ignore[method-assign]


def a_test_reads_over_everyone() -> None:
    """What a test itself asks of the database is answered, whoever it has named; requests and actions are held to what they name."""
    from django.test import Client

    from goldthread.ground.access.belt import over_everyone_from_now_on

    asked = Client.request

    def as_before(client: Client, **request: Any) -> Any:
        """In a test's one transaction a request would leave its actor named. Asked past Django, which counts what it asks."""
        from django.db import connection

        from goldthread.ground.audit.acting import SETTINGS

        if not connection.in_atomic_block:
            return asked(client, **request)
        before = [
            connection.connection.execute("SELECT coalesce(current_setting(%s, true), '')", [name]).fetchone()[0] for name in SETTINGS
        ]
        try:
            return asked(client, **request)
        finally:
            if not connection.needs_rollback:
                for name, value in zip(SETTINGS, before, strict=True):
                    connection.connection.execute("SELECT set_config(%s, %s, true)", [name, value])

    over_everyone_from_now_on()
    Client.request = as_before  # type: ignore[method-assign]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:  # type: ignore[no-untyped-def]
    node.workerinput["postgres"] = {name: str(urls.folder) for name, urls in node.config.stash[RUNNING].items()}


def pytest_unconfigure(config: pytest.Config) -> None:
    if STACK in config.stash:
        config.stash[STACK].close()


def running(config: pytest.Config, name: str) -> Urls:
    from goldthread.ground.boot.tests.servers import start

    found = config.stash[RUNNING]
    if name not in found:
        found[name] = start(name, config.stash[STACK])
    return found[name]


def pytest_report_header(config: pytest.Config) -> str:
    names = servers(config)
    absent = "; the system has none of its own" if config.getoption("--postgres") == "both" and len(names) == 1 else ""
    return f"postgres: {', '.join(names)}{absent}; browser: {chromium() or 'none found'}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each database-facing test once per chosen server; browser and slow tests, and those of pages and forms, on the first only."""
    marked = {mark.name for mark in metafunc.definition.iter_markers()}
    if "django_db" not in marked and not DATABASE_FIXTURES & set(metafunc.fixturenames):
        return
    names = servers(metafunc.config)
    path = metafunc.definition.path.relative_to(metafunc.config.rootpath).as_posix()
    if marked & {"browser", "slow"} or "browser" in metafunc.fixturenames or path.startswith(ON_ONE_SERVER):
        names = names[:1]
    shown = [pytest.param(name, id=name if len(names) > 1 else pytest.HIDDEN_PARAM) for name in names]
    metafunc.parametrize("postgres_server", shown, indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "architecture" in item.path.parts:
            item.add_marker("architecture")
        for name in {"pinned", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(name)


@pytest.fixture(scope="session")
def clones(request: pytest.FixtureRequest, django_db_blocker):  # type: ignore[no-untyped-def]
    """Points Django at this worker's own clone on a server, made on first use; `afresh` throws the clone away for a new one."""
    from django.db import connection
    from django.test import TransactionTestCase

    from goldthread.ground.boot.tests import servers as machinery

    templates: dict[str, str] = {}
    current: list[str] = []
    own = f"test_{os.getpid()}"

    def use(name: str, afresh: bool = False) -> None:
        urls = running(request.config, name)
        with django_db_blocker.unblock():
            if name not in templates:
                templates[name] = machinery.template(urls)
                afresh = True
            if afresh:
                connection.close()
                machinery.clone(urls, templates[name], own)
            machinery.point(urls, own)
        current[:] = [name]

    # Django would empty every table, which `app` may not, and which would take the rows that migrations laid with it.
    TransactionTestCase._fixture_teardown = lambda self: use(current[0], afresh=True)  # type: ignore[attr-defined]
    use.current = current  # type: ignore[attr-defined]
    yield use
    with django_db_blocker.unblock():
        connection.close()
    for name in templates:
        machinery.drop(running(request.config, name), own)


@pytest.fixture(scope="session", autouse=True)
def postgres_server(request: pytest.FixtureRequest) -> str | None:
    """Which server a database-facing test runs on; None for the others."""
    name: str | None = getattr(request, "param", None)
    if name:
        request.getfixturevalue("clones")(name)
    return name


@pytest.fixture(scope="session")
def server_urls(request: pytest.FixtureRequest) -> Urls:
    """Addresses of the first chosen server, for a test that makes a database of its own there."""
    return running(request.config, servers(request.config)[0])


@pytest.fixture
def own_urls(request: pytest.FixtureRequest, clones) -> Urls:  # type: ignore[no-untyped-def]
    """Addresses of the very server that this test runs on."""
    return running(request.config, clones.current[0])


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, clones) -> None:  # type: ignore[no-untyped-def]
    """In place of pytest-django's own: the database stands already, unless a test came to it by an unforeseen way."""
    if not clones.current:
        clones(servers(request.config)[0])


@pytest.fixture
def pinned(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the file of that name in tests/pinned, so that a change of it is seen in review."""

    def compare(name: str, text: str) -> None:
        path = request.config.rootpath / "tests" / "pinned" / name
        if request.config.getoption("--refresh"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        assert text == kept, f"{path.name} is no longer what it was; if that is meant, “make refresh” writes it anew"

    return compare


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):  # type: ignore[no-untyped-def]
    """The system's Chromium; as root it has no sandbox."""
    return {**browser_type_launch_args, "executable_path": chromium(), "args": ["--no-sandbox"] if os.geteuid() == 0 else []}


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and chromium() is None:
        reason = "no Chromium on this machine: install the system's package “chromium”"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(autouse=True)
def plain_file_names(request: pytest.FixtureRequest) -> None:
    """Before `make` has collected style sheets under hashed names, pages name them plainly, so that page tests need no build."""
    from django.conf import settings

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        request.getfixturevalue("settings").STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def council(db: None) -> Iterator[Any]:
    """A small council, with an actor named for as long as the test lasts."""
    from goldthread.ground.audit.acting import acting
    from goldthread.pathway.tests.people import small_council

    with acting(None, system="test"):
        yield small_council()
