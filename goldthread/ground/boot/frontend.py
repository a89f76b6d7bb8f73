"""Builds what the browser is sent: our style sheets by Sass, the scripts of others copied, all collected under hashed names.

python -m goldthread.ground.boot.frontend [NODE]
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from goldthread.ground.boot.settings import CHECKOUT

PACKAGES = CHECKOUT / "node_modules"
SHEETS = CHECKOUT / "goldthread" / "ground" / "design" / "scss"
BUILT = CHECKOUT / "build" / "static"
VENDOR = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "accessible-autocomplete/dist/accessible-autocomplete.min.js": "accessible-autocomplete.min.js",
    "accessible-autocomplete/dist/accessible-autocomplete.min.css": "accessible-autocomplete.min.css",
}


def build(node: str) -> None:
    """Everything below build/static anew; a sheet whose name begins with _ is a part of others."""
    shutil.rmtree(BUILT, ignore_errors=True)
    (BUILT / "vendor").mkdir(parents=True)
    for source, name in VENDOR.items():
        # Their maps are not served, and a name that leads nowhere stops the collecting.
        whole = (PACKAGES / source).read_text(encoding="utf-8")
        (BUILT / "vendor" / name).write_text(re.sub(r"(//|/\*)# sourceMappingURL=[^\n]*", "", whole), encoding="utf-8")
    for sheet in sorted(SHEETS.glob("[!_]*.scss")):
        compile_sheet(node, sheet, BUILT / "design" / f"{sheet.stem}.css")


def compile_sheet(node: str, sheet: Path, made: Path) -> None:
    sass = [node, str(PACKAGES / "sass" / "sass.js"), "--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={PACKAGES}"]
    subprocess.run([*sass, f"{sheet}:{made}"], check=True)


def collect() -> None:
    """Into build/collected, where each file also stands under a name with its hash."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.ground.boot.django"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


if __name__ == "__main__":
    build(sys.argv[1] if len(sys.argv) > 1 else "node")
    collect()
