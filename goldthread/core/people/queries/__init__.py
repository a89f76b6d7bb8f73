"""Questions about people. Reading only; those that take a user obey what that user may see."""

from goldthread.core.people.queries.family import Family, Relative, Sibling, family_of, parents_of, siblings_of
from goldthread.core.people.queries.homes import adults_living_with
from goldthread.core.people.queries.merging import MergePreview, merged_with, others_holding, preview_merge, same_pregnancy, standing_as
from goldthread.core.people.queries.safety import alerts_for, safe_ways_to_reach
from goldthread.core.people.queries.whereabouts import Stay, addresses_of, has_confidential_address, living_at, where_living

__all__ = [
    "Family",
    "MergePreview",
    "Relative",
    "Sibling",
    "Stay",
    "addresses_of",
    "adults_living_with",
    "alerts_for",
    "family_of",
    "has_confidential_address",
    "living_at",
    "merged_with",
    "others_holding",
    "parents_of",
    "preview_merge",
    "safe_ways_to_reach",
    "same_pregnancy",
    "siblings_of",
    "standing_as",
    "where_living",
]
