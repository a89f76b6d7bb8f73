"""How far the audit trail is sealed, and who verified it last: for administrators and information governance."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from goldthread.face.web.frame import is_administrator
from goldthread.ground.access.predicate import standing
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.audit.models import Seal, Verification
from goldthread.ground.audit.queries import newest_seal
from goldthread.ground.time.words import moment_in_words, short_day

SHOWN = 30


def sealed_in_words() -> str:
    """ "Sealed to 22 November 2026; verified on 21 November 2026: whole" """
    newest, last = newest_seal(), Verification.objects.order_by("-pk").first()
    sealed = f"Sealed to {short_day(newest.day)}" if newest else "No day is sealed yet"
    if last is None:
        return f"{sealed}; nobody has verified it yet."
    return f"{sealed}; verified on {short_day(localdate(last.at))}: {'whole' if last.is_whole else 'NOT whole'}."


@login_required
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    if not (is_administrator(request.user) or "information_governance" in standing(request.user).duties):
        raise Refused("the audit trail’s seal")
    newest = newest_seal()
    days = Seal.objects.values("day").distinct().count()
    verifications = [
        {
            "when": moment_in_words(one.at),
            "who": one.actor.removeprefix("system:verify-audit, "),
            "what": f"the rows since {short_day(one.since)}" if one.since else "every sealed row",
            "is_whole": one.is_whole,
            "found": one.found,
        }
        for one in Verification.objects.order_by("-pk")[:SHOWN]
    ]
    context = {
        "newest": newest,
        "hash": bytes(newest.hash).hex() if newest else "",
        "day": short_day(newest.day) if newest else "",
        "at": moment_in_words(newest.sealed_at) if newest else "",
        "days": days,
        "verifications": verifications,
    }
    return render(request, "web/trail.jinja", context)
