"""Every address there is, and how many questions each page of the shell asks the database: changes are seen in review."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from goldthread.face.web.tests.pages import signed_in

pytestmark = pytest.mark.pinned

COUNTED = {
    "My work, 60 duties": ("amina", "/"),
    "My work, a manager’s": ("clare", "/"),
    "Team": ("clare", "/team/"),
    "Search": ("dev", "/search/?q=Amara+Adeyemi"),
    "Rules": ("hugo", "/rules/"),
    "Who has looked": ("clare", "/child/{child}/looked/"),
}


def routes(patterns: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield f"/{before}{one.pattern}", one.name or ""


def test_the_addresses_are_those_that_were_reviewed(pinned):
    lines = sorted(f"{address}  {name}".strip() + "\n" for address, name in routes(get_resolver().url_patterns))
    pinned("routes.txt", "".join(lines))


def test_no_page_asks_the_database_more_than_was_reviewed(busy, pinned):
    counts = {}
    for name, (who, address) in COUNTED.items():
        client, path = signed_in(busy.users[who]), address.format(child=busy.children[0].reference)
        client.get(path)  # rules and sessions are read once a process
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        # Whether the rules have changed is asked every few seconds, not every page.
        counts[name] = len([one for one in asked if "SAVEPOINT" not in one["sql"] and "dated_edition" not in one["sql"]])
    pinned("queries.json", json.dumps(counts, ensure_ascii=False, indent=1) + "\n")
