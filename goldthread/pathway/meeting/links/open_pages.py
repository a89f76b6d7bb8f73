"""The page behind a link: the only one of the product that somebody without a sign-in can use.

Every address looks the same until both proofs are right, whether or not there is such a link; nothing is looked up to
draw it. It never shows a name, a place or an authority: a reference, an hour, how to join, and coded decisions.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.utils import csrf_input_lazy
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from goldthread.ground.audit.acting import name_actor
from goldthread.ground.audit.reading import log_reading
from goldthread.ground.boot.queries import from_where
from goldthread.ground.codes.code_lists import codes
from goldthread.ground.design.frame import PRODUCT_NAME, Frame
from goldthread.pathway.actions import NotNow
from goldthread.pathway.meeting.archetype import Meeting
from goldthread.pathway.meeting.links.actions import acknowledge_by_link, answer_by_link, file_by_link, is_good, try_link
from goldthread.pathway.meeting.links.mailing import when_in_words
from goldthread.pathway.meeting.links.secret import hash_of
from goldthread.pathway.meeting.models import Arrangement, Invitee, Link
from goldthread.pathway.meeting.queries import is_held
from goldthread.pathway.queries import children_of, load_answers
from goldthread.pathway.questions import YesNo
from goldthread.pathway.registry import definition_of

SALT, GOOD_FOR = "meeting.link", 15 * 60
WRONG = "The figures and this link do not go together, or the link is no longer good. Check the figures, or ring the person who asked you."
HEADING = "A meeting"


@sensitive_post_parameters("figures", "proof")
@require_http_methods(["GET", "POST"])
def link_page(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "GET":
        return _ask(request)
    name_actor("link:not proven yet", request=getattr(request, "request_key", ""))
    if "proof" in request.POST:
        link = _proven(request.POST["proof"], token)
        return _ask(request, WRONG) if link is None else _do(request, link)
    link = try_link(token=token, typed=request.POST.get("figures", ""), address=from_where(request))
    return _ask(request, WRONG) if link is None else _open(request, link)


def _proven(proof: str, token: str) -> Link | None:
    """The link that both proofs opened within the last quarter of an hour, if it is still good."""
    try:
        known = signing.loads(proof, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    link = Link.objects.filter(address_hash=hash_of(token)).select_related("invitee__record").first()
    return link if link is not None and known == link.address_hash and is_good(link) else None


def _ask(request: HttpRequest, problem: str = "") -> HttpResponse:
    return _drawn(request, "meeting/link_ask.jinja", {"problem": problem}, status=422 if problem else 200)


def _open(request: HttpRequest, link: Link, problem: str = "", said: str = "") -> HttpResponse:
    invitee = Invitee.objects.select_related("record").get(pk=link.invitee_id)
    name_actor(f"link:{link.pk}", "opened by link")
    log_reading(None, "view", f"record {invitee.record.reference}", (child.pk for child in children_of(invitee.record)))
    arrangement = Arrangement.objects.filter(record=invitee.record).first()
    how = dict(codes("meeting.how").choices()).get(arrangement.how or "", "") if arrangement else ""
    held = is_held(invitee.record)
    context = {
        "invitee": invitee,
        "purpose": link.purpose,
        "proof": signing.dumps(link.address_hash, salt=SALT),
        "problem": problem,
        "said": said,
        "when": when_in_words(arrangement),
        "how": how,
        "joining": arrangement.joining if arrangement and link.purpose == Link.REPLY and not held else None,
        "is_held": held,
        "replies": list(Invitee.REPLIES.items()),
        "typed": {name: request.POST.get(name, "") for name in ("answer", "delegate_name", "delegate_role", "words", "number")},
        "decided": decided_without_names(invitee) if link.purpose == Link.ACKNOWLEDGE else [],
    }
    return _drawn(request, "meeting/link_open.jinja", context, status=422 if problem else 200)


def decided_without_names(invitee: Invitee) -> list[list[tuple[str, str]]]:
    """For each child, eldest first, the coded answers that this kind of meeting lets an invitee read so: never words, never a name."""
    definition = definition_of(invitee.record.kind)
    if not issubclass(definition, Meeting) or not is_held(invitee.record):
        return []
    sheets = load_answers(definition, invitee.record).of_children().values()
    questions = [
        q
        for part in definition.parts()
        for q in part.questions()
        if q.name in definition.told_by_link and (q.codes or isinstance(q, YesNo))
    ]
    return [[(q.label, q.shown(sheet.values.get(q.name))) for q in questions if sheet.values.get(q.name) is not None] for sheet in sheets]


def _do(request: HttpRequest, link: Link) -> HttpResponse:
    press = request.POST.get("press", "")
    typed: dict[str, Any] = {name: request.POST.get(name, "")[:2000] for name in ("words", "delegate_name", "delegate_role")}
    try:
        if press == "answer" and link.purpose == Link.REPLY:
            answer_by_link(link=link, answer=request.POST.get("answer", ""), **typed)
            said = "Thank you. Your answer is kept. You can change it here until the meeting."
        elif press == "acknowledge" and link.purpose == Link.ACKNOWLEDGE:
            acknowledge_by_link(link=link)
            said = "Thank you. It is kept that you have what was decided."
        elif press == "file" and link.purpose == Link.ACKNOWLEDGE:
            file_by_link(link=link, number=request.POST.get("number", "")[:200])
            said = "Thank you. It is kept that it stands on your own system since today."
        else:
            return _ask(request, WRONG)
    except (ValueError, NotNow) as refused:
        return _open(request, link, problem=_without_name(str(refused), link))
    return _open(request, link, said=said)


def _without_name(sentence: str, link: Link) -> str:
    """A refusal's sentence names the invitee: to themselves it says “you”."""
    return sentence.replace(str(link.invitee), "You").replace("You has", "You have")


def _drawn(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """With the bare frame: neither the authority nor anyone signed in on this machine stands on it."""
    known = {
        "heading": HEADING, "frame": Frame(), "notices": [], "product_name": PRODUCT_NAME, "drawn_at": timezone.localtime(), "request": request,
        "csrf_input": csrf_input_lazy(request),
    }  # fmt: skip
    return HttpResponse(engines["jinja2"].get_template(template).template.render({**known, **context}), status=status)  # type: ignore[attr-defined]
