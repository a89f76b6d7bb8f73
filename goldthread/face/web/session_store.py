"""Sessions in the database. While a standby is read, a session is read too and nothing of it is kept."""

from django.contrib.sessions.backends import db

from goldthread.ground.boot.standby import is_read_from


class SessionStore(db.SessionStore):
    def save(self, must_create: bool = False) -> None:
        if not is_read_from():
            super().save(must_create)
