"""What comes from outside is read in one place a kind; nothing unpacks, and nothing is brought to life from bytes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

pytestmark = pytest.mark.architecture

PACKAGE = Path(apps.get_app_config("boot").path).parents[1]
XML = {"xml", "lxml", "defusedxml", "bs4", "html5lib", "xmltodict", "untangle", "pyexpat", "xmlsec", "signxml", "onelogin"}
UNPACKING = {"zipfile", "tarfile", "gzip", "bz2", "lzma", "zlib", "zipimport", "py7zr"}
FROM_BYTES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "yaml", "ruamel"}
ALLOWED = {
    "out/exchange/cin/stream.py": {"xml.parsers"},  # the one reader of XML that comes in: no entity, no document type, bounded
    "out/returns/cin/schema/__init__.py": {"lxml"},  # the schemas that lie beside it
    # what a provider of SAML answers: no document type, entity, comment or instruction, bounded, and nothing read before its signature
    "face/web/assertions.py": {
        f"onelogin.saml2.{part}" for part in ("authn_request", "constants", "errors", "response", "settings", "utils")
    },
    "face/web/packs.py": {"lxml"},  # our own pages, as HTML
    "out/returns/cin/comparing.py": {"zlib"},  # what it packed itself a moment before
    "out/returns/queries.py": {"zlib"},  # returns that this product wrote and keeps
    "out/returns/actions.py": {"zlib"},
}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def product() -> Iterator[tuple[str, Path]]:
    for path in PACKAGE.rglob("*.py"):
        if not {"tests", "__pycache__"} & set(path.parts):
            yield path.relative_to(PACKAGE).as_posix(), path


@pytest.mark.parametrize("kind", [XML, UNPACKING, FROM_BYTES], ids=["XML", "archives", "objects"])
def test_only_these_rooms_read_this_kind(kind):
    found: dict[str, set[str]] = {}
    for where, path in product():
        if names := {name for name in imports_of(path) if name.split(".")[0] in kind}:
            found[where] = names
    assert found == {where: names for where, names in ALLOWED.items() if next(iter(names)).split(".")[0] in kind}


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def test_nothing_is_run_that_was_sent_and_no_shell_is_asked():
    """No eval, exec, unpacked archive, template made from words, or command line with a shell."""
    found = []
    for where, path in product():
        tree = ast.parse(path.read_text())
        refused = {"eval", "exec", "compile", "__import__", "shutil.unpack_archive", "os.system", "os.popen"}
        found += [f"{where}:{line} {name}" for line, name in calls(tree) if name in refused or name.endswith(".from_string")]
        found += [
            f"{where}:{node.value.lineno} a shell" for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "shell"
        ]
    assert found == []


def test_a_body_is_read_as_json_in_one_place():
    found = [where for where, path in product() if "request.body" in path.read_text()]
    assert found == ["ground/boot/bodies.py"]


def test_every_form_with_a_file_in_it_leads_to_a_page_that_asks_for_one():
    takes = {path.read_text().count("@takes_a_file") and where for where, path in product()} - {0, "ground/boot/bodies.py"}
    forms = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.jinja") if "multipart/form-data" in path.read_text()}
    assert takes == {"out/returns/comparing_pages.py"} and forms == {"out/returns/jinja2/returns/compare.jinja"}
