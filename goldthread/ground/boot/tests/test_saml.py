"""What the settings of SAML must be, and that nobody who does not use it loads its packages."""

import subprocess
import sys
from base64 import b64decode
from datetime import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from goldthread.ground.boot import saml
from goldthread.ground.boot.settings import load

ENTITY, PAGE = "https://login.wexcombe.example/metadata", "https://login.wexcombe.example/saml"
WHOLE = ("GOLDTHREAD_SAML_ENTITY_ID", "GOLDTHREAD_SAML_SIGN_ON_URL", "GOLDTHREAD_SAML_CERTIFICATES")
KEYS = {
    "good": lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "short": lambda: rsa.generate_private_key(public_exponent=65537, key_size=1024),
    "curve": lambda: ec.generate_private_key(ec.SECP256R1()),
    "other": ed25519.Ed25519PrivateKey.generate,
}


def certificate(kind):
    key = KEYS[kind]()
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "login.wexcombe.example")])
    made = x509.CertificateBuilder().subject_name(named).issuer_name(named).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(datetime(2026, 1, 1)).not_valid_after(datetime(2036, 1, 1))
    return made.sign(key, None if kind == "other" else hashes.SHA256()).public_bytes(Encoding.PEM)


@pytest.fixture
def file(tmp_path):
    found = tmp_path / "provider.pem"
    found.write_bytes(certificate("good"))
    return found


def stopped_with(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(name, str(value))
    with pytest.raises(SystemExit) as stopped:
        load()
    return str(stopped.value)


def test_a_whole_set_is_taken_and_nothing_of_openid_connect_beside_it(monkeypatch, file):
    for name, value in zip(WHOLE, (ENTITY, PAGE, file), strict=True):
        monkeypatch.setenv(name, str(value))
    taken = load()
    assert (taken.provider_name, taken.provider_claim, taken.provider_second_steps) == ("the council’s sign-in", "NameID", set())
    both = stopped_with(
        monkeypatch, GOLDTHREAD_OIDC_ISSUER=ENTITY, GOLDTHREAD_OIDC_CLIENT_ID="goldthread", GOLDTHREAD_OIDC_CLIENT_SECRET="wexcombe"
    )
    assert both == "GOLDTHREAD_SAML_ENTITY_ID and GOLDTHREAD_OIDC_ISSUER are both set: there is one provider, give one of them."


@pytest.mark.parametrize("left_out", range(3))
def test_a_part_of_it_stops_the_start(monkeypatch, file, left_out):
    given = dict(zip(WHOLE, (ENTITY, PAGE, file), strict=True))
    del given[WHOLE[left_out]]
    assert stopped_with(monkeypatch, **given) == f"{WHOLE[0]}, {WHOLE[1]} and {WHOLE[2]} belong together: give all three, or none."


def test_a_page_without_tls_stops_the_start(monkeypatch):
    assert stopped_with(monkeypatch, GOLDTHREAD_SAML_SIGN_ON_URL="http://login.wexcombe.example").endswith(
        "is not a value the product understands: give an address such as https://login.example/saml."
    )


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        (None, "the file cannot be read: No such file or directory."),
        (b"a certificate", "the file holds no certificate that begins with -----BEGIN CERTIFICATE-----."),
        (certificate("short"), "a certificate's key is neither RSA of 2048 bits or more nor of an elliptic curve."),
        (certificate("other"), "a certificate's key is neither RSA of 2048 bits or more nor of an elliptic curve."),
        (certificate("curve") * 4, "the file holds 4 certificates: keep the one the provider signs with, and the next while it changes."),
    ],
    ids=["no file", "no certificate", "short", "another kind", "too many"],
)
def test_a_file_that_does_not_hold_the_providers_certificates_stops_the_start(monkeypatch, tmp_path, held, sentence):
    file = tmp_path / "provider.pem"
    if held is not None:
        file.write_bytes(held)
    said = stopped_with(monkeypatch, GOLDTHREAD_SAML_CERTIFICATES=file)
    assert said == f"GOLDTHREAD_SAML_CERTIFICATES (“{file}”) is not a value the product understands: {sentence}"


def test_two_certificates_are_read_for_a_change_of_keys(file):
    file.write_bytes(certificate("good") + certificate("curve"))
    assert [x509.load_der_x509_certificate(b64decode(one)).serial_number for one in saml.certificates(str(file))] == [1, 1]


def test_its_packages_can_be_loaded_beside_lxml():
    """The locks hold an lxml and an xmlsec that carry the same libxml2."""
    saml.why_not.cache_clear()
    assert saml.why_not() == ""


def test_packages_that_cannot_be_loaded_are_one_sentence(monkeypatch):
    def refuse(name):
        raise RuntimeError("lxml & xmlsec libxml2 library version mismatch")

    monkeypatch.setattr(saml, "import_module", refuse)
    saml.why_not.cache_clear()
    assert saml.why_not() == (
        "Nobody can sign in by SAML: its packages cannot be loaded here (lxml & xmlsec libxml2 library version mismatch). "
        "Passkeys and pass phrases go on working."
    )
    saml.why_not.cache_clear()


def test_whoever_does_not_use_it_never_loads_its_packages():
    """Every address of the product is known, and neither python3-saml nor xmlsec was loaded for it."""
    looked = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        "from goldthread.face.web import saml, signing_in; from goldthread.ground.boot.single_sign_on import offered; "
        "from goldthread.ground.boot.settings import settings; offered(settings); "
        "print([name for name in sys.modules if name.split('.')[0] in ('xmlsec', 'onelogin')])"
    )
    ran = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "[]", ran.stderr
