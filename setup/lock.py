"""Writes the locks: every package with its hash, and no address of any index. Needs the dev environment's uv, and npm."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from prepare import CHECKOUT, VENV, node_and_npm

UV = [str(VENV / "bin" / "uv"), "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"]
SHAPE = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
LOCKS = {
    "runtime.lock": ["pyproject.toml", "requirements/build.in"],
    "dev.lock": ["pyproject.toml", "requirements/build.in", "--extra", "dev", "--constraint", "requirements/runtime.lock"],
    "node.lock": ["requirements/node.in"],
    "patroni.lock": ["requirements/patroni.in", "--constraint", "requirements/dev.lock"],
}


def main() -> None:
    """In this order: the later take the earlier ones' versions."""
    for name, sources in LOCKS.items():
        subprocess.run([*UV, *SHAPE, *sources, "--output-file", f"requirements/{name}"], cwd=CHECKOUT, check=True)
    node, npm = node_and_npm()
    path = f"{Path(node).parent}:{os.environ['PATH']}"
    subprocess.run([*npm, "update", "--package-lock-only", "--ignore-scripts"], cwd=CHECKOUT, check=True, env=os.environ | {"PATH": path})


if __name__ == "__main__":
    main()
