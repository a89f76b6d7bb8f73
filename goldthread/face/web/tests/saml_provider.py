"""A small provider of SAML 2.0, which signs what it is told to: the tests' only one, honest or not."""

import zlib
from base64 import b64decode, b64encode
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from lxml import etree

NAME = "https://login.wexcombe.example/metadata"
TAKES = "https://login.wexcombe.example/saml?council=wexcombe&for=work"
HERE = "http://testserver/sign-in/with/council"
MFA, PHRASE = "https://refeds.org/profile/mfa", "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
SAML, PROTOCOL = "urn:oasis:names:tc:SAML:2.0:assertion", "urn:oasis:names:tc:SAML:2.0:protocol"
DS = "http://www.w3.org/2000/09/xmldsig#"
NAMES = {"saml": SAML, "samlp": PROTOCOL, "ds": DS}
SUCCESS, DENIED = (f"urn:oasis:names:tc:SAML:2.0:status:{word}" for word in ("Success", "Responder"))
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


class Key:
    """A key and the certificate that goes with it."""

    def __init__(self, private: Any) -> None:
        self.private = private
        named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "login.wexcombe.example")])
        made = x509.CertificateBuilder().subject_name(named).issuer_name(named).public_key(private.public_key())
        made = made.serial_number(1).not_valid_before(datetime(2026, 1, 1)).not_valid_after(datetime(2036, 1, 1))
        self.certificate = made.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        self.pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())

    def for_signing(self) -> Any:
        key = xmlsec.Key.from_memory(self.pem, xmlsec.KeyFormat.PEM, None)
        key.load_cert_from_memory(self.certificate, xmlsec.KeyFormat.PEM)
        return key


def rsa_key(bits: int = 2048) -> Key:
    return Key(rsa.generate_private_key(public_exponent=65537, key_size=bits))


OURS, NEXT, ANOTHERS = rsa_key(), rsa_key(), rsa_key()
CURVED = Key(ec.generate_private_key(ec.SECP256R1()))


def at(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def asked_in(location: str) -> Any:
    """The question that a browser is sent to the provider with."""
    [sent] = parse_qs(urlsplit(location).query)["SAMLRequest"]
    return etree.fromstring(zlib.decompress(b64decode(sent), -15))


def unsigned(asked: str | None, **said: Any) -> Any:
    """An answer to this question, with whatever is to be different; None leaves a mark out."""
    told = {
        "name": "amina-at-council", "format": PERSISTENT, "issuer": NAME, "audience": f"{HERE}/metadata/", "recipient": f"{HERE}/answer/",
        "destination": f"{HERE}/answer/", "status": SUCCESS, "from": at(-1), "until": at(5), "confirmed_until": at(5), "shown": MFA,
        "asked": asked, "confirmed": asked, "attributes": {}, "number": "1",
    } | said  # fmt: skip
    answer = etree.Element(f"{{{PROTOCOL}}}Response", nsmap={"samlp": PROTOCOL, "saml": SAML})
    marked(answer, ID=f"_answer{told['number']}", Version="2.0", IssueInstant=at(0), InResponseTo=told["asked"])
    marked(answer, Destination=told["destination"])
    within(answer, "saml:Issuer", told["issuer"])
    within(within(answer, "samlp:Status"), "samlp:StatusCode", Value=told["status"])
    assertion = within(answer, "saml:Assertion", ID=f"_assertion{told['number']}{asked}", Version="2.0", IssueInstant=at(0))
    within(assertion, "saml:Issuer", told["issuer"])
    subject = within(assertion, "saml:Subject")
    within(subject, "saml:NameID", told["name"], Format=told["format"])
    mark = within(subject, "saml:SubjectConfirmation", Method="urn:oasis:names:tc:SAML:2.0:cm:bearer")
    within(
        mark,
        "saml:SubjectConfirmationData",
        InResponseTo=told["confirmed"],
        Recipient=told["recipient"],
        NotOnOrAfter=told["confirmed_until"],
    )
    conditions = within(assertion, "saml:Conditions", NotBefore=told["from"], NotOnOrAfter=told["until"])
    if told["audience"]:
        within(within(conditions, "saml:AudienceRestriction"), "saml:Audience", told["audience"])
    statement = within(assertion, "saml:AuthnStatement", AuthnInstant=at(0), SessionIndex="_1")
    within(within(statement, "saml:AuthnContext"), "saml:AuthnContextClassRef", told["shown"])
    if told["attributes"]:
        kept = within(assertion, "saml:AttributeStatement")
        for name, words in told["attributes"].items():
            attribute = within(kept, "saml:Attribute", Name=name)
            for word in words:
                within(attribute, "saml:AttributeValue", word)
    return answer


def within(parent: Any, name: str, words: str | None = None, **marks: str | None) -> Any:
    kind, _, local = name.partition(":")
    made = etree.SubElement(parent, f"{{{NAMES[kind]}}}{local}")
    made.text = words
    return marked(made, **marks)


def marked(element: Any, **marks: str | None) -> Any:
    for name, value in marks.items():
        if value is not None:
            element.set(name, value)
    return element


def assertion_of(answer: Any) -> Any:
    return answer.find(f"{{{SAML}}}Assertion")


def sign(element: Any, key: Key | bytes = OURS, way: str = "RSA_SHA256", digest: str = "SHA256") -> Any:
    """Signed in its place, behind the issuer."""
    signature = xmlsec.template.create(element, xmlsec.Transform.EXCL_C14N, getattr(xmlsec.Transform, way), ns="ds")
    element.find(f"{{{SAML}}}Issuer").addnext(signature)
    reference = xmlsec.template.add_reference(signature, getattr(xmlsec.Transform, digest), uri=f"#{element.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    signing = xmlsec.SignatureContext()
    if isinstance(key, Key):
        xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
        signing.key = key.for_signing()
    else:
        signing.key = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataHmac, key)
    xmlsec.tree.add_ids(element, ["ID"])
    signing.sign(signature)
    return element


def signed(asked: str | None, key: Key | bytes = OURS, way: str = "RSA_SHA256", digest: str = "SHA256", **said: Any) -> Any:
    """An answer whose assertion is signed."""
    answer = unsigned(asked, **said)
    sign(assertion_of(answer), key, way, digest)
    return answer


def sent(answer: Any) -> str:
    return b64encode(answer if isinstance(answer, bytes) else etree.tostring(answer)).decode()


def forged(original: Any, name: str = "joan-at-council") -> Any:
    """The same assertion without its signature and of somebody else."""
    evil = deepcopy(original)
    for signature in evil.findall(f"{{{DS}}}Signature"):
        evil.remove(signature)
    evil.find(f"{{{SAML}}}Subject/{{{SAML}}}NameID").text = name
    return evil
