"""Files kept in review: what changes in them is seen."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from goldthread.pathway.dictionary import dictionary

pytestmark = pytest.mark.pinned

Pinned = Callable[[str, str], None]


def test_the_dictionary_is_what_the_declarations_say(request: pytest.FixtureRequest) -> None:
    path = Path(request.config.rootpath) / "docs" / "dictionary.md"
    if request.config.getoption("--refresh"):
        path.write_text(dictionary(), encoding="utf-8")
    assert dictionary() == path.read_text(encoding="utf-8"), "make refresh writes it anew"


def test_the_table_of_the_censuss_rules_is_what_the_rules_say(request: pytest.FixtureRequest) -> None:
    from goldthread.out.returns.cin.table import table

    path = Path(request.config.rootpath) / "docs" / "returns" / "cin.md"
    if request.config.getoption("--refresh"):
        path.write_text(table(), encoding="utf-8")
    assert table() == path.read_text(encoding="utf-8"), "make refresh writes it anew"


def test_the_api_is_what_was_reviewed(pinned: Pinned) -> None:
    from goldthread.face.api.root import api

    pinned("openapi.json", json.dumps(api.get_openapi_schema(path_prefix="/api/"), indent=1, default=str) + "\n")


def test_the_code_lists_are_what_was_reviewed(pinned: Pinned) -> None:
    from goldthread.ground.codes import codes, names

    pinned("code_lists.txt", "".join(f"{name}: {' '.join(code for code, _ in codes(name).choices())}\n" for name in names()))
