"""What a request may bring: how large, and what of it is read. Sizes are settings (`form_megabytes`, `file_megabytes`).

A page that takes a file says so with `takes_a_file`; anywhere else a file is read past and thrown away. The file lies on the
disk for as long as the request, readable by this process's user alone; its kind is looked at by what it holds, where it is read.
"""

import json
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from goldthread.ground.boot.settings import settings

MEGABYTE = 1024**2
FORM = settings.form_megabytes * MEGABYTE  # bytes of what is typed, in one request
FILE = settings.file_megabytes * MEGABYTE  # bytes of one file
READ_AT_MOST = 4 * FORM  # what was typed is read so far, to be given back
View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file(view: View) -> View:
    """Under the other decorators of a page, so that they hand it on."""
    view.takes_a_file = True  # type: ignore[attr-defined]
    return view


def is_for_a_file(view: Any) -> bool:
    return bool(getattr(view, "takes_a_file", False))


def longest_body(view: Any) -> int:
    """Bytes beyond which nothing of a request to this page is read."""
    return READ_AT_MOST + (FILE if is_for_a_file(view) else 0)


class BoundedFile(TemporaryFileUploadHandler):
    """Keeps a file that the page asks for, of somebody signed in, up to the setting; what comes after that is read past, and the form stands.

    `request.has_too_large_a_file` then says so.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        match, user = getattr(self.request, "resolver_match", None), getattr(self.request, "user", None)
        if match is None or not is_for_a_file(match.func) or user is None or not user.is_authenticated:
            raise SkipFile
        self.bytes_taken = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.bytes_taken += len(raw_data)
        if self.bytes_taken > FILE:
            self.file.close()
            self.request.has_too_large_a_file = True  # type: ignore[union-attr]
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def file_in(request: HttpRequest, name: str) -> UploadedFile | None:
    found = request.FILES.get(name)
    return found if isinstance(found, UploadedFile) else None


def file_is_too_large(request: HttpRequest) -> bool:
    """Whether a file that came with this form was left out for its size."""
    _ = request.POST  # read by now, or read here
    return bool(getattr(request, "has_too_large_a_file", False))


def read_json(request: HttpRequest) -> Any:
    """What the body says. ValueError where it is no JSON, nested without end, or holds what is no number (NaN, Infinity)."""
    try:
        return json.loads(request.body, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deep") from None


def without_zeros(value: Any) -> Any:
    """The same with the character of code nought taken out: nobody types one, some programs paste it, no database keeps it."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [without_zeros(each) for each in value]
    if isinstance(value, dict):
        return {without_zeros(name): without_zeros(each) for name, each in value.items()}
    return value


def _no_number(words: str) -> NoReturn:
    raise ValueError(f"{words} is no number")
