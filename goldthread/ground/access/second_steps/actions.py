"""Encrypting the secrets of second steps by the newest key."""

from allauth.mfa.models import Authenticator

from goldthread.ground.access.second_steps.queries import each_secret, is_current, is_readable, with_secrets
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.field_keys import decrypted, encrypted

BATCH = 200


def encrypt_anew() -> tuple[int, int]:
    """Every secret that is not encrypted by the newest key, batch by batch; how many were, and how many no key here opens.

    Each batch is a transaction, and the older keys go on reading the rest: killed in the middle, it is begun again.
    """
    done = closed = after = 0
    while True:
        with acting(system="rotate-keys", purpose="encrypted by the newest key"):
            rows = list(with_secrets().filter(pk__gt=after).select_for_update()[:BATCH])
            if not rows:
                return done, closed
            after = rows[-1].pk
            old = [one for one in rows if not is_current(one.data)]
            changed = [one for one in old if is_readable(one.data)]
            for one in changed:
                one.data = each_secret(one.data, lambda kept: encrypted(decrypted(kept)))
            Authenticator.objects.bulk_update(changed, ["data"])
            done, closed = done + len(changed), closed + len(old) - len(changed)
