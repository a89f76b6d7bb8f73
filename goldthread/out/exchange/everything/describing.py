"""What a folder of tables says of itself: Frictionless Data's “tabular data package”, with the questions and the codes' words."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from goldthread.ground.codes import code_lists
from goldthread.out.exchange.everything.tables import Column, Table

KINDS: dict[str, dict[str, Any]] = {
    "boolean": {"type": "boolean", "trueValues": ["t"], "falseValues": ["f"]},
    "bigint": {"type": "integer"},
    "integer": {"type": "integer"},
    "smallint": {"type": "integer"},
    "date": {"type": "date"},
    "time without time zone": {"type": "time", "format": "any"},
    "timestamp with time zone": {"type": "datetime", "format": "any"},
}
DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True}


def described(table: Table) -> dict[str, Any]:
    """The part of a resource that does not depend on its rows."""
    model = models().get(table.name)
    said: dict[str, Any] = {
        "name": table.name.replace("_", "-"),
        "path": table.file,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
    }
    if model is not None:
        said |= {"title": str(model._meta.verbose_name), "description": " ".join((model.__doc__ or "").split())}
    schema: dict[str, Any] = {
        "fields": [_field(table, column, model) for column in table.columns],
        "missingValues": [""],
        "primaryKey": table.key,
    }
    if table.links:
        schema["foreignKeys"] = [
            {"fields": ours, "reference": {"resource": other.replace("_", "-"), "fields": theirs}} for ours, other, theirs in table.links
        ]
    return {**said, "dialect": DIALECT, "schema": schema}


def _field(table: Table, column: Column, model: type[Model] | None) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column.name, **KINDS.get(column.kind, {"type": "string"}), "postgresql": column.kind}
    if column.is_needed:
        said["constraints"] = {"required": True}
    if table.document and table.document[0] == column.name:
        return said | {"description": "The file that holds it, byte for byte."}
    field = next((one for one in model._meta.concrete_fields if one.column == column.name), None) if model else None
    return said | _meaning(field) if field is not None else said


def _meaning(field: "Field[Any, Any]") -> dict[str, Any]:
    """The question as it is asked, the list its codes come from, and the words of values that are not in a list."""
    said: dict[str, Any] = {}
    if words := str(getattr(field, "label", "") or field.help_text or ""):
        said["description"] = words
    if codes := getattr(field, "codes", ""):
        said["codes"] = f"codes/{codes}.csv"
    elif field.choices:
        said["words"] = {str(value): str(words) for value, words in field.flatchoices}
    return said


def models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def code_files() -> Iterable[tuple[str, bytes]]:
    """Every list of codes as it is shipped: code, words, and the days it holds."""
    for path in sorted(code_lists.FOLDER.rglob("*.csv")):
        yield f"codes/{path.relative_to(code_lists.FOLDER).as_posix()}", path.read_bytes()
