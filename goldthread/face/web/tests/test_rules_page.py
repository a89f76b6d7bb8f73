"""Rules are accepted by a named person, and changed only where the law leaves room."""

from django.utils.timezone import localdate
from procrastinate.contrib.django.models import ProcrastinateJob

from goldthread.core.work.jobs import reckon_again
from goldthread.face.web.tests.pages import problems_of, signed_in, sound
from goldthread.ground.time.queries import rule


def test_every_shipped_rule_is_on_the_page_with_its_kind_and_how_sure_it_is(council):
    html = sound(signed_in(council.users["hugo"]), "/rules/")
    assert rule("police_protection.end").process in html
    assert "Medium" in html and "gt-rule--local" in html


def test_a_group_is_signed_off_by_the_one_who_is_signed_in(council):
    client = signed_in(council.users["hugo"])
    keys = ("contact.screen", "referral.decide")
    client.post("/rules/sign-off/", {"rule": [str(rule(key).pk) for key in keys], "comment": "Read with the lawyer"})
    assert {rule(key).signed_off_by for key in keys} == {council.users["hugo"]}
    assert "Hugo Lindqvist" in client.get("/rules/?state=signed").content.decode()


def test_only_those_whose_office_it_is_may_sign_off_or_change(council):
    client = signed_in(council.users["amina"])
    assert client.get("/rules/").status_code == 200
    assert client.post("/rules/sign-off/", {"rule": str(rule("contact.screen").pk)}).status_code == 403
    assert client.post("/rules/contact.screen/own-limit/", {"limit": "2"}).status_code == 403
    assert not rule("contact.screen").is_signed_off


def test_an_own_limit_is_set_with_a_reason_where_the_law_leaves_one_and_refused_where_not(council):
    client = signed_in(council.users["hugo"])
    asked = {"unit": "working_days", "from_on": localdate().isoformat(), "reason": "The board decided so"}
    assert client.post("/rules/contact.screen/own-limit/", asked | {"limit": "2"}).status_code == 302
    assert (rule("contact.screen").limit, rule("contact.screen").is_local_override) == (2, True)
    refused = client.post("/rules/assessment.complete/own-limit/", asked | {"limit": "60"})
    assert refused.status_code == 422 and "never a longer one" in refused.content.decode()
    assert problems_of(refused.content.decode()) == []
    client.post("/rules/contact.screen/own-limit/end/")
    assert rule("contact.screen").limit == 1


def test_open_clocks_are_reckoned_again_after_the_answer(council):
    client = signed_in(council.users["hugo"])
    asked = {"unit": "working_days", "from_on": localdate().isoformat(), "reason": "The board decided so", "limit": "2"}
    client.post("/rules/contact.screen/own-limit/", asked)
    client.post("/rules/contact.screen/own-limit/end/")
    jobs = ProcrastinateJob.objects.filter(task_name="core.work.reckon_again").order_by("id")
    assert [job.args["key"] for job in jobs] == ["contact.screen", "contact.screen"]
    reckon_again(**jobs[0].args)


def test_a_rule_that_is_not_there_is_not_found(council):
    assert signed_in(council.users["hugo"]).get("/rules/no.such/").status_code == 404
