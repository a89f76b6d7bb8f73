"""Every process there is, and what its room does when a step of it is complete."""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from goldthread.pathway.definition import Detail

AfterStep = Callable[[Any], None]
BEGUN = "begun"  # the moment a record is opened, before its first step
_after: dict[tuple[type[Detail], str], AfterStep] = {}


def definitions() -> dict[str, type[Detail]]:
    """Kind → definition, in the order of the rooms."""
    return {model.kind(): model for model in apps.get_models() if issubclass(model, Detail)}


def definition_of(kind: str) -> type[Detail]:
    """The definition of a header's kind. LookupError for a kind that has none (a case note)."""
    app_label, _, name = kind.partition(".")
    model = apps.get_model(app_label, name.replace("_", ""))
    if not issubclass(model, Detail):
        raise LookupError(f"{kind} is not a declared process.")
    return model


def after(definition: type[Detail], step: str) -> Callable[[AfterStep], AfterStep]:
    """A room's action that runs, in the same transaction, when this step is complete (or the record is BEGUN). One for each step."""
    if step != BEGUN:
        definition.step_number(step)

    def keep(action: AfterStep) -> AfterStep:
        _after[definition, step] = action
        return action

    return keep


def action_after(definition: type[Detail], step: str) -> AfterStep | None:
    return _after.get((definition, step))
