"""The page of the audit trail’s seal, for administrators and information governance."""

from django.utils.timezone import localdate

from goldthread.face.web.tests.pages import signed_in, sound
from goldthread.ground.audit import actions
from goldthread.ground.audit.models import Reading, Verification
from goldthread.ground.audit.verifying import verify


def test_it_says_that_nothing_is_sealed_and_nobody_verified(council):
    page = sound(signed_in(council.users["joan"]), "/trail/")
    assert "No day is sealed yet" in page and "Nobody has verified the trail yet" in page
    assert "nobody has verified it yet" in sound(signed_in(council.users["joan"]), "/set-up/")


def test_what_was_found_not_whole_stands_there_in_its_sentences(council):
    Verification.objects.create(
        actor="system:verify-audit, ada", seals=2, newest=b"x", is_whole=False, found=["Seal 3 itself was altered."]
    )
    page = sound(signed_in(council.users["joan"]), "/trail/")
    assert "Not whole" in page and "Seal 3 itself was altered." in page and "ada" in page and "system:" not in page
    assert f"verified on {localdate().day}" in sound(signed_in(council.users["joan"]), "/set-up/")


def test_verifying_where_nothing_is_sealed_writes_nothing_down(council):
    actions.note_verification(verify())
    assert not Verification.objects.exists()


def test_nobody_else_finds_it_and_the_try_is_written_down(council):
    assert signed_in(council.users["amina"]).get("/trail/").status_code == 404
    assert Reading.objects.filter(act="refused", what="the audit trail’s seal", user_id=council.users["amina"].pk).exists()
