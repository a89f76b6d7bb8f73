"""Every rule: its examples, and what it says of itself."""

import pytest

from goldthread.out.returns.cin.examples import census_of, sound
from goldthread.out.returns.cin.judging import failures_of_return
from goldthread.out.returns.cin.rule import EVERY_YEAR, Example, Rule
from goldthread.out.returns.cin.rules import every_rule, rules_of

EXAMPLES = [pytest.param(rule, example, id=f"{rule.code}-{example.says}") for rule in every_rule() for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_says_of_each_example_what_it_should(rule: Rule, example: Example):
    found = list(failures_of_return(example.children, example.census, (rule,)))
    assert bool(found) == example.fails


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: f"{rule.code}-{rule.years.start}")
def test_a_rule_has_examples_of_both_answers_in_years_it_holds_for(rule: Rule):
    assert {example.fails for example in rule.examples} == {True, False}
    assert {example.census.year for example in rule.examples} <= set(rule.years)
    assert rule.severity == ("query" if rule.code.endswith("Q") else "error")
    assert (rule.check is None) != (rule.whole is None)


@pytest.mark.parametrize("year", EVERY_YEAR)
def test_a_code_stands_once_in_a_year(year: int):
    codes = [rule.code for rule in rules_of(year)]
    assert len(codes) == len(set(codes))


def test_the_sound_child_is_clean():
    assert list(failures_of_return([sound()], census_of(2026), [rule for rule in rules_of(2026) if rule.check])) == []
