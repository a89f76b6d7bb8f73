"""One root that gathers the rooms' APIs. Signed in as on the pages; a refused record is a 404 here too."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.parser import Parser
from ninja.security import django_auth

from goldthread.core.agencies.queries import names_of_users
from goldthread.ground.audit.middleware import Refused
from goldthread.ground.boot.bodies import read_json, without_zeros
from goldthread.pathway.api import RecordOut, out, routers
from goldthread.pathway.opening import open_record


class OneReader(Parser):
    """What is sent is read as a draft is: bounded, without what no record can keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        return without_zeros(read_json(request))


api = NinjaAPI(
    title="Goldthread",
    version="1",
    auth=django_auth,
    docs_url=None,
    urls_namespace="api",
    parser=OneReader(),
    docs_decorator=login_required,
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> Any:
    """The same as nothing there; and a line in the reading log, as of a page."""
    request.refusal = error  # type: ignore[attr-defined]
    return api.create_response(request, {"detail": "Not Found"}, status=404)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> Any:
    """What was sent is not in the shape the documentation gives: said where, in a sentence."""
    problems = [
        {
            "words": f"“{'.'.join(str(part) for part in e['loc'])}” could not be read: {e['msg'].lower()}.",
            "name": str(e["loc"][-1]),
            "question": "",
        }
        for e in error.errors
    ]
    return api.create_response(request, {"problems": problems}, status=422)


@api.get("/records/{reference}", response=RecordOut, operation_id="record", summary="A record as it stands")
def record(request: HttpRequest, reference: str) -> Any:
    return out(open_record(request.user, reference))


@api.get("/me", operation_id="me", summary="Who is signed in")
def me(request: HttpRequest) -> dict[str, str]:
    return {"username": request.user.get_username(), "name": names_of_users([request.user.pk]).get(request.user.pk or 0, "")}


for path, router in routers().items():
    api.add_router(f"/{path}", router)
