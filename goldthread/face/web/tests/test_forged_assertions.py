"""Answers of SAML that are forged, wrapped, stale, somebody else's or used before open nothing, each for its own reason."""

import logging
from copy import deepcopy

import pytest
from django.test import Client
from lxml import etree

from goldthread.core.agencies.setting_up.actions import know_by_provider
from goldthread.face.web.tests import saml_provider as provider
from goldthread.face.web.tests.pages import sound
from goldthread.face.web.tests.saml_provider import DS, NAMES, SAML, assertion_of, at, forged, sign, signed, unsigned
from goldthread.face.web.tests.test_saml import arrives, asks, comes_back, connect, is_out
from goldthread.ground.access.models import SignInTry
from goldthread.ground.audit.acting import acting


@pytest.fixture
def connected(council, monkeypatch, settings, tmp_path):
    """Amina and Joan both come in by the provider: whoever forges has a true answer about Amina, and wants to be Joan."""
    connect(monkeypatch, settings, tmp_path, provider.OURS)
    for name, by in (("amina", "joan"), ("joan", "clare")):
        with acting(council.users[by]):
            know_by_provider(worker=council.workers[name], by=council.users[by], subject=f"{name}-at-council")
    return council


def changed(asked, name="joan-at-council"):
    answer = signed(asked)
    assertion_of(answer).find("saml:Subject/saml:NameID", NAMES).text = name
    return answer


def with_a_comment(asked):
    """A true answer about an account whose name only begins like Joan's."""
    answer = etree.tostring(signed(asked, name="joan-at-council.evil.example"))
    return answer.replace(b"joan-at-council.evil", b"joan-at-council<!-- -->.evil")


def with_an_instruction(asked):
    return etree.tostring(signed(asked, name="joan-at-council.evil.example")).replace(b"council.evil", b"council<?x?>.evil")


def with_a_document_type(asked):
    return b'<!DOCTYPE x [<!ENTITY who "joan-at-council">]>' + etree.tostring(signed(asked)).replace(b"amina-at-council", b"&who;")


def with_an_entity_from_elsewhere(asked):
    return b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">' + etree.tostring(signed(asked))


def in_other_letters(asked):
    return etree.tostring(signed(asked), encoding="utf-16", xml_declaration=True, doctype="<!DOCTYPE x>")


def in_seven_bits(asked):
    return b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x>' + etree.tostring(signed(asked))


def forged_before(asked):
    answer = signed(asked)
    true = assertion_of(answer)
    evil = forged(true)
    evil.set("ID", "_evil")
    true.addprevious(evil)
    return answer


def forged_behind_by_the_same_id(asked):
    answer = signed(asked)
    answer.append(forged(assertion_of(answer)))
    return answer


def true_one_within_the_signature_of_the_forged(asked):
    answer = signed(asked)
    true = assertion_of(answer)
    evil = forged(true)
    evil.set("ID", "_evil")
    answer.replace(true, evil)
    signature = true.find("ds:Signature", NAMES)
    evil.insert(1, signature)
    etree.SubElement(signature, f"{{{DS}}}Object").append(true)
    return answer


def true_one_within_extensions(asked):
    answer = signed(asked)
    true = assertion_of(answer)
    evil = forged(true)
    answer.replace(true, evil)
    extensions = etree.Element(f"{{{NAMES['samlp']}}}Extensions")
    extensions.append(true)
    answer.find(f"{{{SAML}}}Issuer").addnext(extensions)
    return answer


def true_one_within_advice(asked):
    answer = signed(asked)
    true = assertion_of(answer)
    evil = forged(true)
    evil.set("ID", "_evil")
    answer.replace(true, evil)
    evil.insert(1, true.find("ds:Signature", NAMES))
    advice = etree.Element(f"{{{SAML}}}Advice")
    advice.append(true)
    evil.find("saml:Conditions", NAMES).addnext(advice)
    return answer


def true_answer_within_a_forged_one(asked):
    """The whole answer is signed; it lies within another, whose assertion is forged and carries a copy of that signature."""
    true = sign(unsigned(asked))
    evil = unsigned(asked, name="joan-at-council", number="2")
    signature = deepcopy(true.find("ds:Signature", NAMES))
    evil.find(f"{{{SAML}}}Issuer").addnext(signature)
    etree.SubElement(signature, f"{{{DS}}}Object").append(true)
    return evil


def signature_of_nothing(asked):
    """An empty reference means the whole document, wherever it is read from."""
    answer = signed(asked)
    answer.find(".//ds:Reference", NAMES).set("URI", "")
    return answer


def signature_elsewhere(asked):
    answer = signed(asked)
    assertion_of(answer).find("saml:Subject", NAMES).append(answer.find(".//ds:Signature", NAMES))
    return answer


def only_the_answer_signed(asked):
    return sign(unsigned(asked))


def encrypted(asked):
    answer = signed(asked)
    answer.replace(assertion_of(answer), etree.Element(f"{{{SAML}}}EncryptedAssertion"))
    return answer


def about_nobody(asked):
    return signed(asked, name="")


FORGED = {
    "no signature at all": (unsigned, "NOT_SIGNED_AS_ONE"),
    "only the answer signed, not the assertion": (only_the_answer_signed, "NOT_SIGNED_AS_ONE"),
    "another's key, with its certificate beside it": (lambda asked: signed(asked, provider.ANOTHERS), "INVALID_SIGNATURE"),
    "altered after it was signed": (changed, "INVALID_SIGNATURE"),
    "the certificate as a shared secret": (lambda asked: signed(asked, provider.OURS.certificate, "HMAC_SHA256"), "WEAK_SIGNATUREMETHOD"),
    "SHA-1": (lambda asked: signed(asked, way="RSA_SHA1", digest="SHA1"), "WEAK_SIGNATUREMETHOD"),
    "SHA-1 in the digest alone": (lambda asked: signed(asked, digest="SHA1"), "WEAK_DIGESTMETHOD"),
    "a comment within the name": (with_a_comment, "MORE_THAN_ELEMENTS"),
    "an instruction within the name": (with_an_instruction, "MORE_THAN_ELEMENTS"),
    "a document type with an entity": (with_a_document_type, "MORE_THAN_ELEMENTS"),
    "a document type from elsewhere": (with_an_entity_from_elsewhere, "MORE_THAN_ELEMENTS"),
    "a document type in UTF-16": (in_other_letters, "UnicodeDecodeError"),
    "a document type in UTF-7": (in_seven_bits, "XMLSyntaxError"),
    "wrapped: forged before the true one": (forged_before, "NOT_ONE_ASSERTION"),
    "wrapped: forged behind it, by the same ID": (forged_behind_by_the_same_id, "NOT_ONE_ANSWER"),
    "wrapped: true one in the forged one's signature": (true_one_within_the_signature_of_the_forged, "NOT_ONE_ASSERTION"),
    "wrapped: true one in extensions, by the same ID": (true_one_within_extensions, "NOT_ONE_ANSWER"),
    "wrapped: true one in the forged one's advice": (true_one_within_advice, "NOT_ONE_ASSERTION"),
    "wrapped: a true answer in a forged one": (true_answer_within_a_forged_one, "NOT_ONE_ASSERTION"),
    "the signature refers to nothing": (signature_of_nothing, "SIGNS_SOMETHING_ELSE"),
    "the signature stands elsewhere": (signature_elsewhere, "NOT_SIGNED_AS_ONE"),
    "encrypted": (encrypted, "OneLogin_Saml2_Error"),
    "nobody named": (about_nobody, "NOBODY_NAMED"),
    "a name for this once": (
        lambda asked: signed(asked, format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
        "NOBODY_NAMED_ONCE",
    ),
    "of another provider": (lambda asked: signed(asked, issuer="https://evil.example"), "WRONG_ISSUER"),
    "for another product": (lambda asked: signed(asked, audience="https://other.example"), "WRONG_AUDIENCE"),
    "for nobody in particular": (lambda asked: signed(asked, audience=None), "FOR_SOMEBODY_ELSE"),
    "to another address": (lambda asked: signed(asked, destination="https://other.example/acs"), "WRONG_DESTINATION"),
    "to an address that begins like ours": (lambda asked: signed(asked, destination=f"{provider.HERE}/answer/x"), "SENT_ELSEWHERE"),
    "whose assertion was for another address": (
        lambda asked: signed(asked, recipient="https://other.example"),
        "WRONG_SUBJECTCONFIRMATION",
    ),
    "whose assertion's address only holds ours": (lambda asked: signed(asked, recipient=f"{provider.HERE}/answer/x"), "SENT_ELSEWHERE"),
    "whose assertion was for no address": (lambda asked: signed(asked, recipient=None), "SENT_ELSEWHERE"),
    "run out": (lambda asked: signed(asked, until=at(-6)), "ASSERTION_EXPIRED"),
    "whose bearer's time has run out": (lambda asked: signed(asked, confirmed_until=at(-1)), "WRONG_SUBJECTCONFIRMATION"),
    "whose bearer's time never runs out": (lambda asked: signed(asked, confirmed_until=None), "WITHOUT_END"),
    "not yet": (lambda asked: signed(asked, **{"from": at(6)}), "ASSERTION_TOO_EARLY"),
    "nobody asked": (lambda asked: signed(None), "NOT_ASKED_FOR"),
    "an assertion nobody asked for, in an answer to us": (lambda asked: signed(asked, confirmed=None), "NOT_ASKED_FOR"),
    "an assertion to another question, in an answer to us": (lambda asked: signed(asked, confirmed="_other"), "WRONG_SUBJECTCONFIRMATION"),
    "an answer to nothing, with an assertion to us": (lambda asked: signed(None, confirmed=asked), "NOT_ASKED_FOR"),
    "of somebody who was not let in there": (lambda asked: signed(asked, status=provider.DENIED), "STATUS_CODE_IS_NOT_SUCCESS"),
    "nothing": (lambda asked: b"", "XMLSyntaxError"),
    "no answer but a question": (
        lambda asked: b"<samlp:AuthnRequest xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol'/>",
        "MISSING_STATUS",
    ),
    "longer than any answer": (lambda asked: b" " * 512 * 1024, "TOO_LONG"),
}


@pytest.mark.parametrize(("made", "reason"), FORGED.values(), ids=FORGED.keys())
def test_an_answer_that_is_not_the_providers_whole_one_for_us_and_for_now_opens_nothing(connected, caplog, made, reason):
    client = Client()
    answer = made(asks(client, next="/team/"))
    with caplog.at_level(logging.WARNING, "goldthread.sign_in"):
        assert comes_back(client, answer).headers["Location"] == "/sign-in/"
    assert [record.getMessage() for record in caplog.records if record.name == "goldthread.sign_in"] == [
        f"An answer of the sign-in provider was not believed: {reason}"
    ]
    assert is_out(client)
    assert "Signing in by Wexcombe sign-in did not work. Start again from here." in sound(client, "/sign-in/")
    tried = SignInTry.objects.get()
    assert (tried.worked, tried.user, tried.how) == (False, None, SignInTry.PROVIDER)


def test_the_true_one_beside_all_these_is_believed(connected):
    client = Client()
    comes_back(client, signed(asks(client)))
    assert client.get("/team/").status_code == 200


def test_an_answer_opens_once(connected):
    client = Client()
    answer = signed(asks(client))
    first = arrives(answer)
    again = arrives(answer)
    assert again.endswith("/not-believed/"), "the assertion was taken before"
    assert client.get(first).headers["Location"] == "/"
    other = Client()
    assert other.get(first).headers["Location"] == "/sign-in/" and is_out(other), "what was kept of it is used up"


def test_another_answer_to_a_question_that_was_answered_opens_nothing(connected):
    client = Client()
    asked = asks(client)
    assert comes_back(client, signed(asked)).headers["Location"] == "/"
    assert comes_back(client, signed(asked, number="2")).headers["Location"] == "/sign-in/"
    assert [tried.worked for tried in SignInTry.objects.order_by("pk")] == [True, False]


def test_an_answer_to_another_browsers_question_opens_nothing(connected):
    """Neither the browser that brings somebody else's answer comes in, nor the one that asked and does not bring it."""
    one, other = Client(), Client()
    asked = asks(one)
    asks(other)
    taken_to = arrives(signed(asked))
    assert other.get(taken_to).headers["Location"] == "/sign-in/"
    assert is_out(other) and "Start again from here" in sound(other, "/sign-in/")
    assert one.get(taken_to).headers["Location"] == "/sign-in/" and is_out(one)


def test_a_question_waits_ten_minutes_for_its_answer(connected):
    client = Client()
    asked = asks(client)
    session = client.session
    state, when, whose = session["socialaccount_states"][asked]
    session["socialaccount_states"] = {asked: (state, when - 601, whose)}
    session.save()
    comes_back(client, signed(asked))
    assert is_out(client)


def test_a_guessed_name_of_an_answer_opens_nothing(connected):
    client = Client()
    asks(client)
    assert client.get("/sign-in/with/council/finish/guessed/").headers["Location"] == "/sign-in/"
    assert is_out(client) and SignInTry.objects.get().worked is False
