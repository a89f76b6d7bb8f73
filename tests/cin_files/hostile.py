"""Files that are broken or mean harm. Each function writes one at the given path."""

from collections.abc import Callable
from pathlib import Path

from tests.cin_files.generator import write_census

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
BOMB = (
    '<!DOCTYPE Message [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    + "]>\n<Message><Header>&a10;</Header></Message>"
)


def _written(words: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(HEAD + words)


def sound(path: Path, children: int = 20) -> bytes:
    with path.open("wb") as out:
        write_census(out, year=2026, children=children)
    return path.read_bytes()


def _changed(change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(change(sound(path)))


def _in_first_child(words: Callable[[], str]) -> Callable[[Path], object]:
    return _changed(lambda body: body.replace(b"<Child>", f"<Child>{words()}".encode(), 1))


def two_gigabytes(path: Path) -> None:
    """A sparse file: it takes no room on the disk."""
    sound(path)
    with path.open("r+b") as out:
        out.truncate(2 * 1024**3)


def external_entity(path: Path) -> None:
    """Names a file beside it that a careless reader would copy into the child's record."""
    (path.parent / "secret.txt").write_text("C-STOLEN")
    body = sound(path).decode().removeprefix(HEAD)
    doctype = f'<!DOCTYPE Message [<!ENTITY secret SYSTEM "{(path.parent / "secret.txt").as_uri()}">]>\n'
    path.write_text(HEAD + doctype + body.replace("<UPNunknown>UN1", "<UPNunknown>&secret;", 1))


HOSTILE: dict[str, Callable[[Path], object]] = {
    "entity bomb": _written(BOMB),
    "external entity": external_entity,
    "outside document type": _written('<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/evil.dtd">\n<Message/>'),
    "wrong root": _changed(lambda body: body.replace(b"Message>", b"Messages>")),
    "another namespace": _changed(lambda body: body.replace(b"<Message>", b'<Message xmlns="urn:other">')),
    "web page": _written("<html><body>Sign in</body></html>"),
    "declared in another encoding": _changed(lambda body: body.replace(b'encoding="UTF-8"', b'encoding="windows-1252"')),
    "not the encoding it declares": _changed(lambda body: body.replace(b"<SoftwareCode>", "<SoftwareCode>Café ".encode("latin-1"))),
    "not the encoding, near the end": _changed(lambda body: b"\xe9</Child>".join(body.rsplit(b"</Child>", 1))),
    "UTF-16": _changed(lambda body: body.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    "UTF-16 without a mark": _changed(lambda body: body.decode().encode("utf-16-le")),
    "zero bytes inside": _changed(lambda body: body.replace(b"<Ethnicity>", b"<Ethnicity>\0", 1)),
    "truncated": _changed(lambda body: body[: len(body) * 2 // 3]),
    "truncated inside a name": _changed(lambda body: body[: body.rindex(b"LAchildID") + 4]),
    "tags crossed": _changed(lambda body: body.replace(b"</Ethnicity>", b"</Ethnic>", 1)),
    "something after the end": _changed(lambda body: body + b"<Message/>"),
    "empty": lambda path: path.write_bytes(b""),
    "only spaces": lambda path: path.write_bytes(b" \n" * 50),
    "not XML": lambda path: path.write_bytes(b"LAchildID,UPN\nC1,A1\n"),
    "spreadsheet": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40),
    "deep nesting": _in_first_child(lambda: "<a>" * 200_000 + "</a>" * 200_000),
    "huge text": _in_first_child(lambda: "<UPN>" + "9" * 40_000_000 + "</UPN>"),
    "huge attribute": _in_first_child(lambda: '<UPN a="' + "9" * 40_000_000 + '"/>'),
    "huge comment": _in_first_child(lambda: "<!--" + "9" * 40_000_000 + "-->"),
    "huge child": _in_first_child(lambda: "<CINdetails><ReferralNFA>0</ReferralNFA></CINdetails>" * 400_000),
    "two gigabytes": two_gigabytes,
    "no header": _changed(lambda body: body[: body.index(b" <Header>")] + body[body.index(b" <Children>") :]),
    "no children": _changed(lambda body: body[: body.index(b" <Children>")] + b"</Message>"),
    "empty list of children": _changed(lambda body: body[: body.index(b"<Child>")] + b"</Children></Message>"),
    "header last": _changed(
        lambda body: (
            b"<Message>"
            + body[body.index(b" <Children>") : -11]
            + body[body.index(b" <Header>") : body.index(b" <Children>")]
            + b"</Message>"
        )
    ),
    "another collection": _changed(lambda body: body.replace(b"<Collection>CIN<", b"<Collection>SSDA903<")),
    "year too early": _changed(lambda body: body.replace(b"2026</Year>", b"2019</Year>").replace(b">2026-03-31<", b">2019-03-31<")),
    "year and day differ": _changed(lambda body: body.replace(b">2026-03-31<", b">2025-03-31<", 1)),
    "no year": _changed(lambda body: body.replace(b"<Year>2026</Year>", b"")),
    "authority in letters": _changed(lambda body: body.replace(b"<LEA>318<", b"<LEA>Richmond<")),
}
