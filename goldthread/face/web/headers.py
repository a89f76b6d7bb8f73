"""What every answer tells the browser besides its content policy: keep nothing, and leave the machine's senses alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOT_USED = [
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
]
SIGN_IN = "/sign-in/"  # in a box over one of our own pages, to go on where a session fell asleep
PERMISSIONS = ", ".join(f"{sense}=()" for sense in NOT_USED)


class Headers:
    """Pages are about people: no browser, proxy or disk keeps a copy. Built files, served before us, are kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["X-Goldthread"] = "1"  # an answer of the product's own, not of what stands before it
        if request.path.startswith(SIGN_IN):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
            response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
        return response
