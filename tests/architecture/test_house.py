"""What the import linter cannot see of the house plan."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

pytestmark = pytest.mark.architecture

PACKAGE = Path(apps.get_app_config("boot").path).parents[1]
FLOORS = ["ground", "core", "pathway", "practice", "out", "face", "demo"]
WRITING = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Where writing is at home besides a room's actions: the kernel's verbs and batch forms, drafts, the trail, the reading log, and the token that says a rule changed.
DOORS = re.compile(
    r"(^|/)(actions(/.*)?|actions\.py|drafts\.py|batch\.py|importing\.py|trail\.py|reading\.py|in_force\.py|migrations/.*|tests/.*)$"
)
LONGEST = 400


def sources() -> Iterator[Path]:
    yield from (path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def floor_of(label: str) -> int:
    return FLOORS.index(apps.get_app_config(label).name.split(".")[1])


def test_no_foreign_key_joins_two_practice_rooms():
    for model in apps.get_models():
        if ".practice." in model.__module__:
            for field in model._meta.get_fields():
                other = getattr(field, "related_model", None)
                if field.concrete and other is not None and other is not model and ".practice." in other.__module__:
                    assert other._meta.app_label == model._meta.app_label, f"{model.__name__}.{field.name}"


def test_no_foreign_key_goes_up_a_floor():
    for model in apps.get_models():
        if model.__module__.startswith("goldthread."):
            for field in model._meta.local_fields:
                other = field.related_model
                if other is not None and other.__module__.startswith("goldthread."):
                    assert floor_of(other._meta.app_label) <= floor_of(model._meta.app_label), f"{model.__name__}.{field.name}"


def writes_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls that change rows: `X.objects.create(…)` and its kin, `X.objects.filter(…).update(…)`, `.delete()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            chain = ast.unparse(node.func)
            if ".objects." in chain and (node.func.attr in WRITING or node.func.attr in {"update", "delete"}):
                yield node.lineno, chain.split("(")[0]
            elif node.func.attr == "save" and not node.args and not chain.startswith(("super()", "form.", "self.")):
                yield node.lineno, chain


def test_only_actions_write():
    found = []
    for path in sources():
        where = path.relative_to(PACKAGE).as_posix()
        if not DOORS.search(where) and not where.startswith(("bench/", "demo/", "ground/boot/", "ground/jobs/")):
            found += [f"{where}:{line} {what}" for line, what in writes_in(ast.parse(path.read_text()))]
    assert found == []


def test_no_template_comes_from_a_floor_above():
    for template in PACKAGE.rglob("*.jinja"):
        parts = template.relative_to(PACKAGE).parts
        own = FLOORS.index(parts[0])
        for name in re.findall(r"""{%-?\s*(?:extends|include|import|from)\s+["']([\w/.]+)["']""", template.read_text()):
            label = name.split("/")[0]
            if label != "govuk_frontend_jinja":
                assert floor_of(label) <= own, f"{template.name} uses {name}"


def test_files_stay_short_enough_to_read():
    assert [
        f"{path}: {n}" for path in sources() if "migrations" not in path.parts and (n := len(path.read_text().splitlines())) > LONGEST
    ] == []


def test_every_practice_room_says_what_it_is_for():
    for room in (PACKAGE / "practice").iterdir():
        if (room / "apps.py").exists():
            assert (room / "README.md").exists(), room.name
