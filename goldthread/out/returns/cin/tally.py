"""What a return counted, what it left out and why, and what it says otherwise than the record: its manifest."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from goldthread.ground.design.words import counted
from goldthread.out.returns.cin.asked import Asked, in_words

# Why something on a child's file is not in the return. Keys are those of the manifest, and stay.
LEFT_OUT = {
    "referral_undecided": "Referral that nobody has decided: it is not known yet whether it led to anything.",
    "assessment_before": "Assessment authorised before the census year (8696).",
    "assessment_unfinished": "Assessment begun before the census year and not authorised (8736).",
    "cin_plan_before": "Child in need plan that ended before the census year (4013).",
    "section_47_before": "Section 47 enquiry begun before the census year, without a conference in it (8740).",
    "conference_before": "Initial conference held before the census year, with its section 47 enquiry (8715).",
    "conference_beside": "Conference without an enquiry, after another of the same episode: the census has room for one.",
    "conference_second": "Second conference of one section 47 enquiry: the census has room for one.",
    "protection_plan_before": "Child protection plan that ended before the census year (8930).",
    "protection_plan_unclear": "Child protection plan that cannot stand beside another of the child: nobody has said which is true.",
    "review_without_plan": "Review conference on a day on which the child is on no plan.",
    "pre_proceedings_before": "Pre-proceedings decided before the census year.",
    "pre_proceedings_not_asked": "Pre-proceedings: the census asks for them from 2026-27 only.",
    "closure_surplus": "Closure of an episode that was closed already.",
    "no_referral": "Record of a day on which the child has no open referral, and which follows none.",
}
# What is written otherwise than it stands in the record.
OTHERWISE = {
    "id_is_reference": "Child without a child number of ours: the child’s reference is the LAchildID.",
    "id_plain": "Child number with other signs than letters and digits: written without them (1580).",
    "id_replaced": "Child number too long (1570), or already another child’s: the child’s reference is the LAchildID.",
    "ethnicity_nobt": "Ethnicity nobody has recorded: written NOBT, not yet obtained.",
    "sex_u": "Sex nobody has recorded, or indeterminate: written as not known.",
    "sex_unborn": "Sex of an unborn child: written as not known (8750).",
    "conference_without_enquiry": "Conference whose section 47 enquiry has no start: written beside the episode.",
}
COUNTED = {
    "children": "Children", "unborn": "unborn", "died": "who died", "upn": "with a UPN", "disabilities": "disabilities", "referrals": "Referrals",
    "received": "received in the year", "nfa": "with no further action", "closures": "closures", "assessments": "Assessments",
    "authorised": "authorised", "factors": "factors", "cin_plans": "Child in need plans", "section_47s": "Section 47 enquiries",
    "conferences": "that led to an initial conference", "conferences_beside": "initial conferences without one", "protection_plans": "Child protection plans",
    "plans_begun": "begun in the year", "plans_ended": "ended", "reviews": "reviews", "pre_proceedings": "Pre-proceedings",
}  # fmt: skip
MODULES = (
    ("children", "unborn", "died", "upn", "disabilities"),
    ("referrals", "received", "nfa", "closures"),
    ("assessments", "authorised", "factors"),
    ("cin_plans",),
    ("section_47s", "conferences", "conferences_beside"),
    ("protection_plans", "plans_begun", "plans_ended", "reviews"),
    ("pre_proceedings",),
)


@dataclass(slots=True)
class Tally:
    """Filled while the children are written. Records and children by their keys."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    otherwise: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def leave_out(self, why: str, *records: int) -> None:
        if records:
            self.left_out[why] += records

    def note(self, what: str, key: int) -> None:
        self.otherwise[what].append(key)

    @property
    def left_out_in_all(self) -> int:
        return sum(map(len, self.left_out.values()))

    def manifest(self, asked: Asked, file: dict[str, Any]) -> dict[str, Any]:
        """For a program: the same for the same records and the same day."""
        return {
            "return": "cin",
            "year": asked.census.year,
            "authority": asked.census.authority,
            "as_at": asked.until.isoformat(),
            "at": asked.at.isoformat(),
            "file": file,
            "counts": {name: self.counts[name] for name in COUNTED},
            "left_out": [
                {"why": why, "words": words, "records": sorted(self.left_out[why])} for why, words in _in(LEFT_OUT, self.left_out)
            ],
            "otherwise": [
                {"what": what, "words": words, "keys": sorted(self.otherwise[what])} for what, words in _in(OTHERWISE, self.otherwise)
            ],
        }


def _in(words: dict[str, str], found: dict[str, list[int]]) -> list[tuple[str, str]]:
    return [(key, sentence) for key, sentence in words.items() if found.get(key)]


def lines_of(manifest: dict[str, Any]) -> list[str]:
    """For people: what was counted, module by module, then what was left out and why."""
    counts = manifest["counts"]
    found = [
        f"Children in need census of {in_words(manifest['year'])}, authority {manifest['authority']}, as at {manifest['as_at']}.",
        *("; ".join(f"{COUNTED[name]} {counts[name]:,}" for name in module) + "." for module in MODULES),
    ]
    found += [f"Left out, {len(one['records']):,}: {one['words']}" for one in manifest["left_out"]]
    found += [f"Written otherwise, {counted(len(one['keys']), 'time')}: {one['words']}" for one in manifest["otherwise"]]
    return found
