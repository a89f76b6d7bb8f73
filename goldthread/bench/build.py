"""Migrates an empty database, marks it as a demo, and fills it through the batch forms."""

import argparse
import time

from goldthread.ground.boot.at_work import set_up_django


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--size", required=True)
    asked = arguments.parse_args()
    set_up_django()
    from goldthread.commands import DEMO_AUTHORITY
    from goldthread.demo.borough import fill
    from goldthread.ground.audit.acting import acting
    from goldthread.ground.boot.actions import mark_demo
    from goldthread.ground.boot.roles import bring_up_to_date

    began = time.monotonic()
    bring_up_to_date(verbosity=0)
    with acting(system="bench"):
        mark_demo(**DEMO_AUTHORITY, size=asked.size)
    said = 0.0

    def say(text: str, done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said > 20:
            said = time.monotonic()
            print(f"  {text}: {done:,} of {total:,} ({said - began:.0f} s)", flush=True)

    fill(asked.size, say)
    print(f"Built one {asked.size} in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
