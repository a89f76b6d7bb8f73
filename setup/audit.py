"""Whether a known weakness is told of any package in the locks. Asks OSV (osv.dev) by name and version, and nothing else.

Where OSV cannot be reached, that is said, and it is no failure: a clone in a closed network can be checked all the same. A weakness that does
not touch the product stands in requirements/known-weaknesses.toml, with why and until when.

    audit.py            exit code 1 where something is told that is not known of
"""

import json
import os
import re
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
SERVICE = os.environ.get("AUDIT_URL", "https://api.osv.dev")
KNOWN = Path(os.environ.get("AUDIT_KNOWN", CHECKOUT / "requirements" / "known-weaknesses.toml"))
PATIENCE = 20  # seconds
AT_ONCE = 500

Package = tuple[str, str, str]  # ecosystem, name, version


def main() -> int:
    packages = sorted({*locked_of_python(), *locked_of_node()})
    try:
        told = {package: list(weaknesses(ids)) for package, ids in asked(packages).items()}
    except (OSError, ValueError) as refused:  # ValueError: somebody else answers in its place
        print(f"NOT AUDITED: {SERVICE} could not be asked about the {len(packages)} packages of the locks ({refused}).", flush=True)
        print("What is known of them was not looked at; run “make audit” where the internet can be reached.")
        return 0
    known, today = known_of(), date.today()  # noqa: DTZ011 (a day of whoever checks)
    bad = 0
    for (_, name, version), found in sorted(told.items()):
        for weakness in found:
            names = {weakness["id"], *weakness.get("aliases", [])}
            entry = next((known[one] for one in names if one in known and known[one]["package"] == name), None)
            line = f"{name} {version}: {weakness['id']} {weakness.get('summary', '')} ({fixed_in(weakness, name)})"
            if entry and entry["until"] >= today:
                print(f"known until {entry['until']}: {line}: {entry['why']}")
            else:
                bad += 1
                print(f"{'KNOWN NO LONGER, it ended ' + str(entry['until']) + ': ' if entry else ''}{line}")
    print(f"{len(packages)} packages of the locks asked about at {SERVICE}: {bad or 'no'} known weakness{'es' if bad > 1 else ''} to mend.")
    return 1 if bad else 0


def locked_of_python() -> Iterator[Package]:
    for lock in sorted((CHECKOUT / "requirements").glob("*.lock")):
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock.read_text(), re.MULTILINE):
            yield "PyPI", name.lower(), version


def locked_of_node() -> Iterator[Package]:
    """What is built into pages; not what only tests use."""
    for path, about in json.loads((CHECKOUT / "package-lock.json").read_text())["packages"].items():
        if path and not about.get("dev"):
            yield "npm", path.rpartition("node_modules/")[2], about["version"]


def asked(packages: list[Package]) -> dict[Package, set[str]]:
    """Of which packages something is told: by what names. Long answers come in pages."""
    told: dict[Package, set[str]] = {}
    waiting: list[tuple[Package, str]] = [(package, "") for package in packages]
    while waiting:
        now, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        queries = [
            {"package": {"ecosystem": ecosystem, "name": name}, "version": version} | ({"page_token": page} if page else {})
            for (ecosystem, name, version), page in now
        ]
        results = answer("/v1/querybatch", {"queries": queries})["results"]
        if len(results) != len(now):
            raise ValueError("it did not answer every question")
        for (package, _), result in zip(now, results, strict=True):
            for one in result.get("vulns", []):
                told.setdefault(package, set()).add(one["id"])
            if result.get("next_page_token"):
                waiting.append((package, result["next_page_token"]))
    return told


def weaknesses(ids: set[str]) -> Iterator[dict[str, Any]]:
    """Each once, though several lists name it; none that was taken back."""
    seen: set[str] = set()
    for one in sorted(ids):
        if one not in seen:
            about = answer(f"/v1/vulns/{one}")
            seen |= {one, *about.get("aliases", [])}
            if "withdrawn" not in about:
                yield about


def answer(path: str, question: dict[str, Any] | None = None) -> Any:
    body = json.dumps(question).encode() if question else None
    request = urllib.request.Request(SERVICE + path, data=body, headers={"Content-Type": "application/json"})  # noqa: S310 (our own address)
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
        found = json.load(response)
    if not isinstance(found, dict):
        raise ValueError("its answer is not one of OSV")
    return found


def fixed_in(weakness: dict[str, Any], name: str) -> str:
    events = [
        event["fixed"]
        for one in weakness.get("affected", [])
        if one.get("package", {}).get("name", "").lower() == name
        for reach in one.get("ranges", [])
        if reach.get("type") != "GIT"
        for event in reach.get("events", [])
        if "fixed" in event
    ]
    return f"mended in {', '.join(dict.fromkeys(events))}" if events else "not mended yet"


def known_of() -> dict[str, dict[str, Any]]:
    """Trouble where an entry has no reason, package or last day: it would hide for ever."""
    entries = tomllib.loads(KNOWN.read_text()).get("weakness", [])
    for entry in entries:
        if not {"id", "package", "until", "why"} <= set(entry) or not isinstance(entry["until"], date) or len(entry["why"].split()) < 4:
            sys.exit(f"{KNOWN.name}: {entry.get('id', 'an entry')} needs id, package, until (a day) and why (a sentence).")
    return {entry["id"]: entry for entry in entries}


if __name__ == "__main__":
    sys.exit(main())
