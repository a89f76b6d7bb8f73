"""The key that signs sessions, where none was given."""

import os
import secrets

from goldthread.ground.boot.settings import settings


def keep_secret() -> None:
    """Make the key once and keep it in the data folder, readable by us alone; written beside its place and moved there whole."""
    if settings.secret_key:
        return
    path = settings.data_dir / "secret-key"
    if not path.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        making = path.with_name(f"secret-key.{os.getpid()}")
        with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(making, path)  # the first of two processes wins
        except FileExistsError:
            pass
        finally:
            making.unlink()
    settings.secret_key = path.read_text().strip()
