"""What the provider of SAML says: our question to it, and its answer, believed only when every part of it is right.

python3-saml checks signatures, the schema, times, issuer and audience. What it lets go is refused here, before and after it: of an
answer nothing is read that the provider has not signed for this product, for this question and for now. Loaded only where SAML is set up.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse
from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request as Question
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Words
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError as Invalid
from onelogin.saml2.response import OneLogin_Saml2_Response as Answer
from onelogin.saml2.settings import OneLogin_Saml2_Settings as Rules
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Times

from goldthread.ground.boot.saml import certificates
from goldthread.ground.boot.settings import settings
from goldthread.ground.boot.single_sign_on import PROVIDER

NAME_ID = "NameID"
LONGEST, LONGEST_NAME = 512 * 1024, 191  # bytes of an answer; characters that an account is kept by
# How Entra and AD FS say by what somebody was known, beside the class that the standard has for it.
METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences"
DECLARATION = re.compile(r"\s*<\?xml\s[^<>]*\?>")
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
MORE, ENC = "http://www.w3.org/2001/04/xmldsig-more#", "http://www.w3.org/2001/04/xmlenc#"
ALLOWED = {
    "CanonicalizationMethod": {EXCLUSIVE},
    "Transform": {EXCLUSIVE, ENVELOPED},
    "SignatureMethod": {f"{MORE}{kind}-sha{bits}" for kind in ("rsa", "ecdsa") for bits in (256, 384, 512)},
    "DigestMethod": {f"{ENC}sha256", f"{MORE}sha384", f"{ENC}sha512"},
}
SECURITY = {
    "wantAssertionsSigned": True,
    "rejectDeprecatedAlgorithm": True,
    "requestedAuthnContext": False,
    "wantNameId": False,
    "wantAttributeStatement": False,
    "allowRepeatAttributeName": False,
    "allowSingleLabelDomains": True,
}


class NotBelieved(Exception):
    """Why, as one word for whoever runs it; nothing of what the answer held."""


class Ours(NamedTuple):
    """What this product is called at the provider, and where its answers come."""

    entity_id: str
    answers_at: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        made = (request.build_absolute_uri(reverse(name, args=[PROVIDER])) for name in ("saml_metadata", "saml_answer"))
        return cls(*made)

    def rules(self) -> Rules:
        here = {"entityId": self.entity_id, "assertionConsumerService": {"url": self.answers_at, "binding": Words.BINDING_HTTP_POST}}
        there = {
            "entityId": settings.saml_entity_id,
            "singleSignOnService": {"url": escape(settings.saml_sign_on_url), "binding": Words.BINDING_HTTP_REDIRECT},
            "x509certMulti": {"signing": certificates(settings.saml_certificates)},
        }
        return Rules({"strict": True, "sp": here, "idp": there, "security": SECURITY})


class Said(NamedTuple):
    """Of whom the provider speaks, in answer to which question of ours, and what the person showed it."""

    asked: str
    known_as: str
    shown: list[str]
    assertion: str  # its ID, which is taken once
    until: int  # when it runs out, in seconds since 1970


def question(ours: Ours) -> tuple[str, str]:
    """The ID of a new question, and where to send the browser with it."""
    asking = Question(ours.rules(), set_nameid_policy=False)
    joined = "&" if "?" in settings.saml_sign_on_url else "?"
    return asking.get_id(), settings.saml_sign_on_url + joined + urlencode({"SAMLRequest": asking.get_request()})


def believed(ours: Ours, sent: str) -> Said:
    """What the answer says; NotBelieved for anything that is not the provider's whole answer, for us and for now."""
    try:
        answer = Answer(ours.rules(), plain(sent))
        answer.check_status()
        must_have_one_signed_assertion(answer.document)
        here = urlsplit(ours.answers_at)
        asked_at = {"https": "on" if here.scheme == "https" else "off", "http_host": here.netloc, "script_name": here.path}
        answer.is_valid(asked_at, raise_exceptions=True)
        return read(answer.document, ours)
    except NotBelieved:
        raise
    except Invalid as refused:
        raise NotBelieved(code_of(refused)) from refused
    except Exception as refused:  # whatever goes wrong in reading what a stranger sent, nobody comes in by it
        raise NotBelieved(type(refused).__name__) from refused


def plain(sent: str) -> str:
    """The answer without its XML declaration, as base64: UTF-8 with no document type, comment, CDATA or instruction in it."""
    if len(sent) > LONGEST:
        raise NotBelieved("TOO_LONG")
    words = b64decode("".join(sent.split()), validate=True).decode("utf-8-sig")
    words = DECLARATION.sub("", words, count=1) if DECLARATION.match(words) else words
    if "<!" in words or "<?" in words:
        raise NotBelieved("MORE_THAN_ELEMENTS")
    return b64encode(words.encode()).decode()


def must_have_one_signed_assertion(document: Any) -> None:
    """One assertion, in its place, signed as a whole by a strong method; nowhere a second of anything that could be read in its stead."""
    ids = all_of(document, "//@ID | //@Id | //@id | //@xml:id")
    assertions, signatures = all_of(document, "//saml:Assertion"), all_of(document, "//ds:Signature")
    if document.tag != f"{{{Words.NS_SAMLP}}}Response" or len(ids) != len(set(ids)):
        raise NotBelieved("NOT_ONE_ANSWER")
    if all_of(document, "//xenc:* | //saml:EncryptedAssertion | //saml:EncryptedID | //saml:EncryptedAttribute"):
        raise NotBelieved("ENCRYPTED")
    if len(assertions) != 1 or assertions[0].getparent() is not document:
        raise NotBelieved("NOT_ONE_ASSERTION")
    signed = [signature.getparent() for signature in signatures]
    if signed not in ([assertions[0]], [document, assertions[0]], [assertions[0], document]):
        raise NotBelieved("NOT_SIGNED_AS_ONE")
    for signature in signatures:
        must_sign_its_parent(signature)


def must_sign_its_parent(signature: Any) -> None:
    references = all_of(signature, ".//ds:Reference")
    if len(references) != 1 or references[0].getparent().getparent() is not signature:
        raise NotBelieved("NOT_ONE_REFERENCE")
    if references[0].get("URI") != f"#{signature.getparent().get('ID')}" or all_of(signature, ".//ds:Object | .//ds:Manifest"):
        raise NotBelieved("SIGNS_SOMETHING_ELSE")
    for name, allowed in ALLOWED.items():
        found = all_of(signature, f".//ds:{name}/@Algorithm")
        if not found or not allowed.issuperset(found):
            raise NotBelieved(f"WEAK_{name.upper()}")


def read(document: Any, ours: Ours) -> Said:
    """After the signature was found right. Where the standard or python3-saml would let a mark be left out, it must be there."""
    [assertion] = all_of(document, "saml:Assertion")
    marks = all_of(assertion, "saml:Subject/saml:SubjectConfirmation[@Method=$bearer]/saml:SubjectConfirmationData", bearer=Words.CM_BEARER)
    if len(marks) != 1:
        raise NotBelieved("NOT_ONE_BEARER")
    asked, until = marks[0].get("InResponseTo"), marks[0].get("NotOnOrAfter")
    if not asked or document.get("InResponseTo") != asked:
        raise NotBelieved("NOT_ASKED_FOR")
    if marks[0].get("Recipient") != ours.answers_at or document.get("Destination", ours.answers_at) != ours.answers_at:
        raise NotBelieved("SENT_ELSEWHERE")
    restrictions = all_of(assertion, "saml:Conditions/saml:AudienceRestriction")
    if not restrictions or any(ours.entity_id not in texts(all_of(one, "saml:Audience")) for one in restrictions):
        raise NotBelieved("FOR_SOMEBODY_ELSE")
    if not until:
        raise NotBelieved("WITHOUT_END")
    shown = all_of(assertion, "saml:AuthnStatement/saml:AuthnContext/saml:AuthnContextClassRef") + values(assertion, METHODS)
    return Said(asked, known_as(assertion), texts(shown), assertion.get("ID"), int(Times.parse_SAML_to_time(until)))


def known_as(assertion: Any) -> str:
    """By what the settings ask for, said once and lastingly."""
    claim = settings.saml_claim
    found = all_of(assertion, "saml:Subject/saml:NameID") if claim == NAME_ID else values(assertion, claim)
    if len(found) != 1 or len(found[0]) or found[0].get("Format") == Words.NAMEID_TRANSIENT:
        raise NotBelieved("NOBODY_NAMED_ONCE")
    [word] = texts(found)
    if not 0 < len(word) <= LONGEST_NAME:
        raise NotBelieved("NOBODY_NAMED")
    return word


def values(assertion: Any, attribute: str) -> list[Any]:
    return all_of(assertion, "saml:AttributeStatement/saml:Attribute[@Name=$named]/saml:AttributeValue", named=attribute)


def texts(elements: Iterable[Any]) -> list[str]:
    return [(element.text or "").strip() for element in elements]


def all_of(element: Any, path: str, **named: str) -> list[Any]:
    return list(element.xpath(path, namespaces=Words.NSMAP, **named))


def code_of(refused: Invalid) -> str:
    """The name of python3-saml's own code; its sentence would quote the answer."""
    return next((name for name, code in vars(Invalid).items() if name.isupper() and code == refused.code), "INVALID")
