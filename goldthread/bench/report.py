"""The figures as a table, and the two ratios that are promises."""

PAGE_OVER_SQL, TEN_OVER_ONE = 2.5, 1.3
GROWS_WITH_THE_DATA = {"dashboard, counted anew"}

Measured = dict[str, dict[str, dict[str, float]]]


def print_report(measured: Measured, times: int) -> None:
    """One row a page. Ratios are made within one run, so that a noisy machine does not decide them."""
    small, large = measured["once"], measured["ten times"]
    print(f"\nMilliseconds. Small is one borough, large {times}. Queries are counted on the large one.\n")
    head = ["page", "small p50", "p95", "large p50", "p95", "queries", "page/SQL", "large/small", "p50 at 50", "p95 at 50"]
    rows = [[name, *_row(small[name], large[name])] for name in large if name != "counts"]
    widths = [max(len(str(row[i])) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        print(
            "  ".join(
                str(cell).ljust(width) if i == 0 else str(cell).rjust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
        )
    counts = large.get("counts", {})
    print("\nIn the large database: " + ", ".join(f"{int(number):,} {what}" for what, number in counts.items()) + ".")
    for line in _beyond(small, large):
        print(f"Beyond its bound: {line}")


def _row(small: dict[str, float], large: dict[str, float]) -> list[str]:
    return [
        f"{small['p50']:.1f}",
        f"{small['p95']:.1f}",
        f"{large['p50']:.1f}",
        f"{large['p95']:.1f}",
        f"{large['queries']:.0f}",
        f"{large['page_over_sql']:.2f}",
        f"{large['p50'] / small['p50']:.2f}",
        f"{large.get('crowd_p50', float('nan')):.0f}",
        f"{large.get('crowd_p95', float('nan')):.0f}",
    ]


def _beyond(small: dict[str, dict[str, float]], large: dict[str, dict[str, float]]) -> list[str]:
    found = []
    for name, figures in large.items():
        if name == "counts":
            continue
        if figures["page_over_sql"] > PAGE_OVER_SQL:
            found.append(f"{name} takes {figures['page_over_sql']:.2f} times its own SQL and an empty page (at most {PAGE_OVER_SQL}).")
        growth = figures["p50"] / small[name]["p50"]
        if growth > TEN_OVER_ONE and name not in GROWS_WITH_THE_DATA:
            found.append(f"{name} takes {growth:.2f} times as long on the larger database (at most {TEN_OVER_ONE}).")
    return found
