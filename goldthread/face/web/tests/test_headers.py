"""What every answer tells the browser; by TLS, cookies that nothing else can set, and no way back to plain http."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from goldthread.face.web.tests.pages import signed_in
from goldthread.ground.audit.acting import acting
from goldthread.ground.boot.queries import from_where
from goldthread.ground.boot.serving import web_command
from goldthread.ground.boot.settings import CHECKOUT

pytestmark = pytest.mark.django_db
PHRASE = "quiet river under the bridge"
ON_EVERY_ANSWER = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NAMES = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_PROXY_SSL_HEADER"]  # fmt: skip


@pytest.fixture(scope="module")
def over_tls():
    """The settings as they are with GOLDTHREAD_HTTPS."""
    say = f"import json; from goldthread.ground.boot import django as s; print(json.dumps([getattr(s, name) for name in {NAMES}]))"
    environment = {**os.environ, "GOLDTHREAD_HTTPS": "true"}
    said = subprocess.run([sys.executable, "-c", say], cwd=CHECKOUT, env=environment, capture_output=True, check=True, text=True)
    return dict(zip(NAMES, json.loads(said.stdout), strict=True))


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/child/CH-0000000/", "/search/", "/api/me", "/away/"])
def test_every_answer_is_kept_by_nobody_and_held_apart(council, address):
    answer = signed_in(council.users["amina"]).get(address)
    assert {name: answer.headers.get(name) for name in ON_EVERY_ANSWER} == ON_EVERY_ANSWER
    assert answer.headers["Content-Type"] in ("text/html; charset=utf-8", "application/json; charset=utf-8") or not answer.content
    assert "Access-Control-Allow-Origin" not in answer.headers and "Strict-Transport-Security" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


def cookies_of_a_sign_in(user, secure):
    with acting(user):
        user.set_password(PHRASE)
        user.save()
    answer = Client().post("/sign-in/", {"username": user.get_username(), "pass_phrase": PHRASE}, secure=secure)
    assert answer.status_code == 302
    return answer.cookies


def test_over_tls_cookies_are_of_this_host_alone_and_the_browser_never_comes_by_plain_http(council, over_tls):
    with override_settings(**over_tls):
        cookies = cookies_of_a_sign_in(council.users["amina"], secure=True)
        answer = Client().get("/sign-in/", secure=True)
    session, token = cookies["__Host-sessionid"], answer.cookies["__Host-csrftoken"]
    for cookie in (session, token):
        assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (True, "/", "", "Lax")
    assert session["httponly"] and not token["httponly"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_session_is_kept_from_scripts_and_ends_with_the_browser_without_tls_too(council):
    session = cookies_of_a_sign_in(council.users["amina"], secure=False)["sessionid"]
    assert session["httponly"] and session["samesite"] == "Lax" and not session["max-age"] and len(session.value) >= 32


@pytest.mark.parametrize(
    ("near", "said", "found"),
    [
        ("10.0.0.9", "", "10.0.0.9"),
        ("10.0.0.9", "192.0.2.7", "10.0.0.9"),
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
    ],
)
def test_where_a_try_comes_from_is_what_the_proxy_on_this_machine_wrote_last(rf, near, said, found):
    """Only that: whoever writes the header themselves is not believed, and nobody makes a whole council wait."""
    assert from_where(rf.get("/", REMOTE_ADDR=near, **({"HTTP_X_FORWARDED_FOR": said} if said else {}))) == found


def posts() -> list[str]:
    """Every address, its parts filled in with something."""

    def walked(patterns, before=""):
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walked(one.url_patterns, before + str(one.pattern))
            elif isinstance(one, URLPattern):
                yield before + str(one.pattern)

    filled = []
    for route in walked(get_resolver().url_patterns):
        parts = [
            ("1" if "int:" in part else "x") if part.startswith("<") else part
            for part in route.replace("^", "").replace("$", "").split("/")
        ]
        filled.append("/" + "/".join(parts))
    return sorted(set(filled))


def test_no_address_takes_a_form_that_another_site_sent(council):
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://elsewhere.example"})
    client.cookies = signed_in(council.users["amina"]).cookies
    taken = {address: status for address in posts() if (status := client.post(address).status_code) not in (403, 404, 405)}
    assert taken == {}


def test_the_server_keeps_no_access_log_and_bounds_what_comes_before_the_body():
    command = " ".join(web_command("127.0.0.1", 8000, reload=False))
    assert "--no-access-log" in command and "--http1-buffer-size 65536" in command and "--http1-header-read-timeout 10000" in command


def test_what_the_api_asks_is_told_to_whoever_is_signed_in_alone(council):
    assert Client().get("/api/openapi.json").status_code == 302
    assert signed_in(council.users["amina"]).get("/api/openapi.json").json()["info"]["title"] == "Goldthread"
