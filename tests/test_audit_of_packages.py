"""`make audit` against a service that answers as OSV does, one that does not answer, and one that answers something else."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
WEAK = {
    "id": "GHSA-aaaa-bbbb-cccc",
    "aliases": ["CVE-2026-0001", "PYSEC-2026-1"],
    "summary": "a template may run anything",
    "affected": [{"package": {"name": "Jinja2"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}]}],
}


@contextmanager
def service(told, about=WEAK):
    """Tells `told` (ids by package) of whatever it is asked about."""
    asked = []

    class Answering(BaseHTTPRequestHandler):
        def reply(self, what):
            words = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def do_POST(self):
            queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            asked.extend(queries)
            names = [one["package"]["name"] for one in queries]
            self.reply({"results": [{"vulns": [{"id": one} for one in told[name]]} if name in told else {} for name in names]})

        def do_GET(self):
            self.reply(about)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def audit(url, known=None):
    environment = os.environ | {"AUDIT_URL": url, "no_proxy": "127.0.0.1"} | ({"AUDIT_KNOWN": str(known)} if known else {})
    return subprocess.run([sys.executable, "setup/audit.py"], cwd=CHECKOUT, env=environment, capture_output=True, text=True)


def listed(folder, **entry):
    path = folder / "known.toml"
    path.write_text("[[weakness]]\n" + "".join(f"{name} = {value}\n" for name, value in entry.items()))
    return path


def test_every_package_of_every_lock_is_asked_about_by_name_and_version_alone():
    with service({}) as (url, asked):
        done = audit(url)
    assert done.returncode == 0 and "no known weakness to mend" in done.stdout
    names = {(one["package"]["ecosystem"], one["package"]["name"]) for one in asked}
    assert {("PyPI", "django"), ("PyPI", "ruff"), ("PyPI", "patroni"), ("npm", "htmx.org"), ("npm", "govuk-frontend")} <= names
    assert ("npm", "axe-core") not in names and all(set(one) == {"package", "version"} for one in asked)


def test_a_known_weakness_fails_and_is_told_once_though_two_lists_name_it():
    with service({"jinja2": ["GHSA-aaaa-bbbb-cccc", "PYSEC-2026-1"]}) as (url, _):
        done = audit(url)
    assert done.returncode == 1 and done.stdout.count("jinja2 ") == 1
    assert "a template may run anything (mended in 9.9)" in done.stdout and "1 known weakness to mend" in done.stdout


def test_one_that_was_taken_back_is_no_weakness():
    with service({"jinja2": ["GHSA-aaaa-bbbb-cccc"]}, WEAK | {"withdrawn": "2026-11-01T00:00:00Z"}) as (url, _):
        assert audit(url).returncode == 0


@pytest.mark.parametrize(("until", "code"), [("2999-01-31", 0), ("2026-01-31", 1)])
def test_one_that_is_known_with_a_reason_passes_until_its_day(tmp_path, until, code):
    known = listed(tmp_path, id='"CVE-2026-0001"', package='"jinja2"', until=until, why='"no template is written by anybody but us"')
    with service({"jinja2": ["GHSA-aaaa-bbbb-cccc"]}) as (url, _):
        done = audit(url, known)
    assert done.returncode == code and ("known until" in done.stdout) is (code == 0) and ("KNOWN NO LONGER" in done.stdout) is (code == 1)


def test_an_entry_without_a_reason_or_a_day_is_refused(tmp_path):
    with service({}) as (url, _):
        done = audit(url, listed(tmp_path, id='"CVE-2026-0001"', package='"jinja2"', until="2999-01-31", why='"no"'))
    assert done.returncode == 1 and "needs id, package, until (a day) and why (a sentence)" in done.stderr


def test_where_nobody_answers_it_says_so_and_does_not_fail():
    done = audit("http://127.0.0.1:9")
    assert done.returncode == 0 and done.stdout.startswith("NOT AUDITED: http://127.0.0.1:9 could not be asked about the ")


def test_where_somebody_else_answers_in_its_place_it_says_so_and_does_not_fail():
    with service({"jinja2": ["GHSA-aaaa-bbbb-cccc"]}, about=["a page of the hotel’s network"]) as (url, _):
        done = audit(url)
    assert done.returncode == 0 and "NOT AUDITED" in done.stdout and "its answer is not one of OSV" in done.stdout
