"""The written table of the census's rules, made from their declarations: docs/returns/cin.md is this, written out and pinned."""

from collections.abc import Iterator
from pathlib import Path

from goldthread.out.returns.cin.rule import EVERY_YEAR, FIRST_YEAR, LAST_YEAR, Rule
from goldthread.out.returns.cin.rules import every_rule

INTRODUCTION = Path(__file__).with_name("table.md")
RULES = "goldthread/out/returns/cin/rules"


def table() -> str:
    """Markdown: the introduction, every rule, and what of them is uncertain."""
    rules = every_rule()
    lines = [INTRODUCTION.read_text(encoding="utf-8").strip(), "", "## The rules", "", *_rules(rules), "", "## Uncertain readings", ""]
    lines += [f"* **{rule.code}{_when(rule)}** {rule.uncertain}" for rule in rules if rule.uncertain]
    return "\n".join(lines) + "\n"


def _rules(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield "| Rule | Severity | Module | Years | What it says | Elements |"
    yield "|---|---|---|---|---|---|"
    for rule in rules:
        code = f"[{rule.code}](../../{RULES}/r{rule.code.lower()}.py)"
        marked = " †" if rule.uncertain else ""
        yield f"| {code}{marked} | {rule.severity} | {rule.module} | {years_in_words(rule.years)} | {rule.message} | {', '.join(rule.fields)} |"


def years_in_words(years: range) -> str:
    """The census years, each called after both of its years."""
    if years == EVERY_YEAR:
        return "all"
    if years.stop - 1 == LAST_YEAR:
        return f"from {_year(years.start)}"
    return f"until {_year(years.stop - 1)}" if years.start == FIRST_YEAR else f"{_year(years.start)} to {_year(years.stop - 1)}"


def _year(year: int) -> str:
    return f"{year - 1}-{year % 100:02d}"


def _when(rule: Rule) -> str:
    return "" if rule.years == EVERY_YEAR else f" ({years_in_words(rule.years)})"
