"""Where each person stands in a family drawing: generations by rank, partners side by side, nobody upon another.

Standing apart is not hoped for but made so: each generation has its own height, and within one the places are the
least-squares answer to where people would like to stand, subject to a least distance between neighbours.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 8


@dataclass(frozen=True)
class Places:
    """`rank` is 0 for the oldest generation; `across` is in units of the least distance between two people."""

    rank: dict[str, int]
    across: dict[str, float]
    rows: list[list[str]]


def stand(people: Sequence[str], unions: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> Places:
    """Places for `people` (keys, elder first) from unions of (partners, children)."""
    rank = generations(people, unions)
    rows = _first_order(people, unions, rank)
    parents, children = _kin(unions)
    across = {person: float(i) for row in rows for i, person in enumerate(row)}
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for depth in range(len(rows)) if down else reversed(range(len(rows))):
            wished = _wishes(rows[depth], parents if down else children, across)
            rows[depth] = _reorder(rows[depth], unions, rank, wished)
            _settle(rows[depth], wished, across)
    for depth in reversed(range(len(rows))):
        _settle(rows[depth], _both_wishes(rows[depth], parents, children, across), across)
    least = min(across.values(), default=0.0)
    return Places(rank, {person: place - least for person, place in across.items()}, rows)


def generations(people: Sequence[str], unions: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, int]:
    """Parents above children, partners level where nothing forbids it (an aunt who is also a stepmother may)."""
    same = {person: person for person in people}

    def head(person: str) -> str:
        while same[person] != person:
            person = same[person]
        return person

    edges: set[tuple[str, str]] = set()
    for partners, children in unions:
        for parent in partners:
            for child in children:
                if not _reaches(edges, child, parent, head):
                    edges.add((parent, child))
    for partners, _ in unions:
        for other in partners[1:]:
            a, b = head(partners[0]), head(other)
            if a != b and not _reaches(edges, a, b, head) and not _reaches(edges, b, a, head):
                same[b] = a
    depth = dict.fromkeys(people, 0)
    for _ in people:
        for parent, child in edges:
            depth[head(child)] = max(depth[head(child)], depth[head(parent)] + 1)
    _lower_unparented(people, edges, depth, head)
    lowest = min((depth[head(person)] for person in people), default=0)
    return {person: depth[head(person)] - lowest for person in people}


def _lower_unparented(people, edges, depth, head) -> None:  # type: ignore[no-untyped-def]
    """Somebody's parents stand just above the eldest of their children, not at the top of another line."""
    for _ in people:
        for group in {head(person) for person in people}:
            below = [depth[head(child)] for parent, child in edges if head(parent) == group]
            has_parents = any(head(child) == group for _, child in edges)
            if below and not has_parents:
                depth[group] = max(depth[group], min(below) - 1)


def _reaches(edges, start: str, goal: str, head) -> bool:  # type: ignore[no-untyped-def]
    below = defaultdict(set)
    for parent, child in edges:
        below[head(parent)].add(head(child))
    seen: set[str] = set()
    waiting = [head(start)]
    while waiting:
        here = waiting.pop()
        if here == head(goal):
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(below[here])
    return False


def _kin(unions: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    parents: dict[str, list[str]] = defaultdict(list)
    children: dict[str, list[str]] = defaultdict(list)
    for partners, below in unions:
        for child in below:
            parents[child].extend(partners)
        for partner in partners:
            children[partner].extend(below)
    return parents, children


def _couples(row: Sequence[str], unions: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], rank: Mapping[str, int]) -> list[list[str]]:
    """The row cut into chains of partners, each chain in an order that keeps partners beside one another."""
    beside: dict[str, list[str]] = defaultdict(list)
    for partners, _ in unions:
        for one in partners:
            beside[one].extend(other for other in partners if other != one and rank[other] == rank[one])
    placed: set[str] = set()
    chains = []
    named = {person: i for partners, _ in reversed(unions) for i, person in enumerate(partners)}
    for person in sorted(row, key=lambda p: (len(set(beside[p])) != 1, named.get(p, 0))):
        if person in placed:
            continue
        chain: list[str] = []
        waiting = [person]
        while waiting:
            here = waiting.pop()
            if here not in placed:
                placed.add(here)
                chain.append(here)
                waiting.extend(reversed(beside[here]))
        chains.append(chain)
    position = {person: i for i, person in enumerate(row)}
    return sorted(chains, key=lambda chain: min(position[person] for person in chain))


def _first_order(
    people: Sequence[str], unions: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], rank: Mapping[str, int]
) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for person in people:
        rows[rank[person]].append(person)
    return [[person for chain in _couples(row, unions, rank) for person in chain] for row in rows]


def _wishes(row: Sequence[str], kin: Mapping[str, list[str]], across: Mapping[str, float]) -> dict[str, float]:
    return {person: sum(across[k] for k in kin[person]) / len(kin[person]) if kin.get(person) else across[person] for person in row}


def _both_wishes(
    row: Sequence[str], parents: Mapping[str, list[str]], children: Mapping[str, list[str]], across: Mapping[str, float]
) -> dict[str, float]:
    """Children come first: a couple stands over its children rather than under its own parents."""
    return _wishes(row, {person: children.get(person) or parents.get(person) or [] for person in row}, across)


def _reorder(
    row: Sequence[str], unions: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], rank: Mapping[str, int], wished: Mapping[str, float]
) -> list[str]:
    chains = _couples(row, unions, rank)
    turned = [chain[::-1] if len(chain) > 1 and wished[chain[0]] > wished[chain[-1]] + 0.01 else chain for chain in chains]
    ordered = sorted(turned, key=lambda chain: sum(wished[person] for person in chain) / len(chain))
    return [person for chain in ordered for person in chain]


def _settle(row: Sequence[str], wished: Mapping[str, float], across: dict[str, float]) -> None:
    """Isotonic regression (pool adjacent violators): nearest to every wish with neighbours at least one unit apart."""
    pools: list[tuple[float, int]] = []
    for i, person in enumerate(row):
        pools.append((wished[person] - i, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, m), (b, n) = pools[-2], pools[-1]
            pools[-2:] = [((a * m + b * n) / (m + n), m + n)]
    settled = [mean for mean, count in pools for _ in range(count)]
    for i, person in enumerate(row):
        across[person] = settled[i] + i
