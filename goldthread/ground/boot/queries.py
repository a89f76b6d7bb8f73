"""Whose database this is, whether it is a demo, and who may sign in without a pass phrase."""

import ipaddress

from django.apps import apps
from django.http import HttpRequest
from django.http.request import split_domain_port

from goldthread.ground.boot.models import Installation
from goldthread.ground.boot.trouble import Trouble

# Laid down in every new database, or kept beside what is recorded.
NOT_THEIRS = {"dated", "codes", "audit"}
BY_A_PROXY = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


def installation() -> Installation | None:
    """None before the first run."""
    return Installation.objects.first()


def is_demo() -> bool:
    return Installation.objects.filter(is_demo=True).exists()


def must_be_demo() -> None:
    """Before anything fictional is written: invented children never stand beside real ones."""
    if not is_demo():
        raise Trouble("This database is not marked as a demo: demo data is never loaded into it.")


def first_filled_table() -> str | None:
    """The first table, in the order of the floors, that holds something of this authority's own; None in a fresh database."""
    for model in apps.get_models():
        ours = model.__module__.startswith("goldthread.") and model._meta.app_label not in NOT_THEIRS
        if ours and model._default_manager.exists():
            return model._meta.db_table
    return None


def demo_sign_in_allowed(request: HttpRequest) -> bool:
    """One click per person: only in a demo, and only for somebody sitting at this machine."""
    return is_at_this_machine(request) and is_demo()


def is_at_this_machine(request: HttpRequest) -> bool:
    """Whether the one asking sits at the machine that serves.

    A request a proxy has passed on comes from elsewhere, whatever address it arrives from;
    a foreign Host header is a page elsewhere whose name was pointed here.
    """
    if any(header in request.META for header in BY_A_PROXY):
        return False
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and is_loopback(split_domain_port(request.get_host())[0])


def from_where(request: HttpRequest) -> str | None:
    """The address to count tries by: what the proxy says last, where one on this machine passed the request on.

    Of X-Forwarded-For only what the nearest proxy wrote itself is believed; the rest is whatever somebody sent.
    """
    near = request.META.get("REMOTE_ADDR") or ""
    far = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
    return (far if is_address(far) and is_loopback(near) else near) or None


def is_address(words: str) -> bool:
    try:
        ipaddress.ip_address(words)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def responsible_authority() -> str:
    """The three-digit number of the authority whose database this is; empty before the first run."""
    return Installation.objects.values_list("la_code", flat=True).first() or ""
