"""Makes what a clone needs before the product can run: the environment, and the style sheets and scripts.

Nothing but Python's own library is used here. Each step leaves a stamp with a hash of what it was made from, last of all:
a step that was killed has no stamp and is made again.

    prepare.py [--dev] [--browser] [--patroni]
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
ENOUGH_DISK = 1_500_000_000
OLDEST_NODE = 18
PIP = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]


def main(words: list[str]) -> None:
    """Every step that is not done yet, in order."""
    began = time.monotonic()
    try:
        environment(is_dev="--dev" in words)
        front_end()
        if "--browser" in words:
            browser()
        if "--patroni" in words:
            patroni()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"Setting up stopped: “{' '.join(map(str, failed.cmd[:6]))} …” failed; what it said is above.")
    except OSError as refused:
        sys.exit(f"Setting up stopped: {refused.strerror} ({refused.filename}).")
    except KeyboardInterrupt:
        sys.exit("Setting up was stopped; the next start goes on from here.")
    if time.monotonic() - began > 5:
        say(f"Set up in {time.monotonic() - began:.0f} seconds.")


def say(line: str) -> None:
    print(f"── {line}", flush=True)


def run(command: list[str], **options: Any) -> None:
    subprocess.run(command, check=True, cwd=CHECKOUT, stdin=subprocess.DEVNULL, **options)


def hash_of(*paths: Path) -> str:
    digest = hashlib.sha256(str(CHECKOUT).encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


class Stamp:
    """Whether a step was finished, and with what."""

    def __init__(self, folder: Path, name: str, *made_from: Path) -> None:
        self.path = folder / f".{name}"
        self.hash = hash_of(*made_from)

    @property
    def is_current(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.hash

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.hash)


def must_have_disk() -> None:
    free = shutil.disk_usage(CHECKOUT).free
    if free < ENOUGH_DISK:
        sys.exit(f"The disk is nearly full: setting up needs {ENOUGH_DISK / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free.")


def environment(*, is_dev: bool) -> None:
    """`.venv` with the locked packages, each checked against its hash; the dev lock holds the runtime's too."""
    locks = CHECKOUT / "requirements"
    runtime = Stamp(VENV, "runtime", locks / "runtime.lock", CHECKOUT / "pyproject.toml")
    dev = Stamp(VENV, "dev", locks / "dev.lock", CHECKOUT / "pyproject.toml")
    if dev.is_current or (runtime.is_current and not is_dev):
        return
    must_have_disk()
    if not (runtime.path.exists() or dev.path.exists()) or not runs(PYTHON):
        say(f"Making .venv with Python {sys.version.split()[0]}")
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    runtime.remove()
    dev.remove()
    lock = locks / ("dev.lock" if is_dev else "runtime.lock")
    say(f"Installing {lock.read_text().count('==')} packages")
    run([*PIP, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
    run([*PIP, "--quiet", "--no-deps", "--no-build-isolation", "--editable", "."])
    (dev if is_dev else runtime).write()


def runs(program: Path) -> bool:
    try:
        return subprocess.run([str(program), "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def front_end() -> None:
    """Packages of npm, by their lock; then our style sheet and the collected files."""
    design = CHECKOUT / "goldthread" / "ground" / "design"
    ours = [path for folder in ("scss", "static") for path in (design / folder).rglob("*") if path.is_file()]
    packages = Stamp(CHECKOUT / "node_modules", "packages", CHECKOUT / "package-lock.json")
    built = Stamp(CHECKOUT / "build", "front-end", CHECKOUT / "package-lock.json", CHECKOUT / "goldthread/ground/boot/frontend.py", *ours)
    if built.is_current and packages.is_current:
        return
    node, npm = node_and_npm()
    if not packages.is_current:
        say("Fetching the packages of the style sheets and scripts")
        run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            env=os.environ | {"PATH": f"{Path(node).parent}:{os.environ['PATH']}"},
        )
        packages.write()
    say("Building the style sheets and scripts")
    built.remove()
    run([str(PYTHON), "-m", "goldthread.ground.boot.frontend", node])
    built.write()


def node_and_npm() -> tuple[str, list[str]]:
    """The system's, if both are there and recent enough; else the packaged ones, put into `.venv`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if told.startswith("v") and int(told[1:].split(".")[0]) >= OLDEST_NODE and runs_npm(npm):
            return node, [npm]
    if not (VENV / "bin" / "npm").exists():
        say("Installing Node, for building only")
        run([*PIP, "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", str(CHECKOUT / "requirements" / "node.lock")])
    return str(VENV / "bin" / "node"), [str(VENV / "bin" / "npm")]


def runs_npm(npm: str) -> bool:
    return subprocess.run([npm, "--version"], capture_output=True, check=False).returncode == 0


def browser() -> None:
    """Chromium from the system's packages, where we may install one; without it the browser tests say why they are skipped."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    if any(shutil.which(name) for name in names) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say("Installing Chromium from the system's packages")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"],
    ):
        if subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            say(f"“{' '.join(command[:2])}” failed: there will be no browser tests.")
            return


def patroni() -> None:
    """Patroni in a folder of its own, apart from the product's packages: only the resilience run starts it."""
    folder, lock = VENV / "patroni", CHECKOUT / "requirements" / "patroni.lock"
    installed = Stamp(folder, "installed", lock)
    if installed.is_current:
        return
    say("Installing Patroni, for the resilience run only")
    shutil.rmtree(folder, ignore_errors=True)
    # Two of its packages are published as source only; the environment's own setuptools builds them.
    source_only = ["--no-binary", "python-etcd,ydiff", "--no-build-isolation"]
    run([*PIP, "--quiet", "--require-hashes", "--only-binary", ":all:", *source_only, "--target", str(folder), "-r", str(lock)])
    installed.write()


if __name__ == "__main__":
    main(sys.argv[1:])
