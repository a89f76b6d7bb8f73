"""The rules of the census, one a file. `rules_of(2026)` are those of 2025-26, in the order of their codes."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from goldthread.out.returns.cin.rule import Rule


@cache
def every_rule() -> tuple[Rule, ...]:
    """Of every year, in the order of their codes; a code may stand twice, with other years."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__) if found.name.startswith("r")]
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(found, key=lambda rule: rule.order))


@cache
def rules_of(year: int) -> tuple[Rule, ...]:
    return tuple(rule for rule in every_rule() if year in rule.years)
