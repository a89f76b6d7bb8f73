"""The key that signs sessions, where none was given."""

import os
import secrets
from pathlib import Path

from goldthread.ground.boot.settings import settings


def keep_secret() -> None:
    """Make the key once and keep it in the data folder."""
    if not settings.secret_key:
        settings.secret_key = made_once(settings.data_dir / "secret-key", secrets.token_urlsafe(64))


def made_once(path: Path, words: str) -> str:
    """What the file holds; these words, if there was none. The first of two processes wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        making = written_beside(path, words)
        try:
            os.link(making, path)
        except FileExistsError:
            pass
        finally:
            making.unlink()
    return path.read_text().strip()


def written_beside(path: Path, words: str) -> Path:
    """A whole file, readable by us alone, to be moved to its place."""
    making = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    return making
