"""Fields that are encrypted in the database, and their keys: the newest encrypts, each of them decrypts."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from goldthread.ground.boot.secret import made_once, written_beside
from goldthread.ground.boot.settings import settings

MARK = "fernet:"  # before what is encrypted; what has none lies there as it was before there were keys
FILE = "field-keys"


class Unreadable(Exception):
    """Encrypted by a key that is not here."""


def new_key() -> str:
    return Fernet.generate_key().decode()


def keys() -> list[str]:
    """The newest first: those of the settings, else those of the data folder, where one is made if there is none.

    The file is read each time: a key added by `goldthread rotate-keys` is known to every process at once.
    """
    if settings.field_keys:
        return settings.field_keys.replace(",", " ").split()
    return made_once(settings.data_dir / FILE, new_key()).split()


def add_key() -> None:
    """A new newest key in the data folder's file. The older ones stay: rows and backups are still read by them."""
    path = settings.data_dir / FILE
    written_beside(path, "\n".join([new_key(), *keys()])).replace(path)


def encrypted(words: str) -> str:
    return MARK + Fernet(keys()[0]).encrypt(words.encode()).decode()


def decrypted(kept: str) -> str:
    """Raises Unreadable; never gives back anything but what was encrypted."""
    if not kept.startswith(MARK):
        return kept
    try:
        return MultiFernet([Fernet(key) for key in keys()]).decrypt(kept.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def is_by_newest(kept: str) -> bool:
    """Whether it is encrypted, by the newest key."""
    try:
        Fernet(keys()[0]).decrypt(kept.removeprefix(MARK).encode())
    except InvalidToken:
        return False
    return kept.startswith(MARK)
