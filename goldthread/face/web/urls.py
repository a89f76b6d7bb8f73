"""Every address of the product, gathered from the rooms."""

from django.urls import URLPattern, URLResolver, include, path

from goldthread.face.api.root import api
from goldthread.face.web import (
    changing_hands,
    conflicts,
    first_run,
    looked,
    my_work,
    restricted,
    restricting,
    rules,
    search,
    signing_in,
    team,
)
from goldthread.face.web.child.urls import adults

handler400 = "goldthread.face.web.refusals.bad_request"
handler403 = "goldthread.face.web.refusals.forbidden"
handler404 = "goldthread.face.web.refusals.not_found"
handler500 = "goldthread.face.web.refusals.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", my_work.home, name="home"),
    path("work/read/<str:reference>/", my_work.read, name="read"),
    path("work/nudge/<str:reference>/<str:step>/", my_work.nudge_page, name="nudge"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/as/<str:username>/", signing_in.sign_in_as, name="sign_in_as"),
    path("sign-in/own-phrase/", signing_in.own_phrase, name="own_phrase"),
    path("sign-in/kept/", signing_in.kept, name="kept"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("search/", search.search, name="search"),
    path("team/", team.team, name="team"),
    path("team/cover/", changing_hands.covering, name="covering"),
    path("child/<str:reference>/reallocate/", changing_hands.reallocate, name="reallocate"),
    path("child/<str:reference>/looked/", looked.looked, name="looked"),
    path("child/", include("goldthread.face.web.child.urls")),
    path("person/", include(adults)),
    path("restricted/", restricted.reviews, name="restricted_reviews"),
    path("restricted/review/<int:key>/", restricted.review, name="review_break_glass"),
    path("restricted/find/", restricting.find, name="restrict_find"),
    path("restricted/permit/<int:key>/end/", restricting.end_permit, name="end_permit"),
    path("restricted/<str:reference>/", restricted.stop, name="restricted"),
    path("restricted/<str:reference>/restrict/", restricting.restrict_record, name="restrict"),
    path("restricted/<str:reference>/permit/", restricting.permit_somebody, name="permit"),
    path("restricted/<str:reference>/end/", restricting.end, name="end_restriction"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/add/", conflicts.enter, name="enter_conflict"),
    path("conflicts/mine/", conflicts.mine, name="own_conflicts"),
    path("conflicts/<int:key>/match/", conflicts.match, name="match_conflict"),
    path("conflicts/<int:key>/end/", conflicts.end, name="end_conflict"),
    path("child/<str:reference>/know-them/", conflicts.know_them, name="know_them"),
    path("rules/", rules.rules, name="rules"),
    path("rules/sign-off/", rules.sign_off_rules, name="sign_off_rules"),
    path("rules/<str:key>/", rules.rule_page, name="rule"),
    path("rules/<str:key>/own-limit/", rules.set_own_limit, name="set_own_limit"),
    path("rules/<str:key>/own-limit/end/", rules.end_own_limit, name="end_own_limit"),
    path("set-up/", include("goldthread.face.web.set_up.urls")),
    path("design/", include("goldthread.ground.design.urls")),
    path("", include("goldthread.practice.front_door.urls")),
    path("", include("goldthread.practice.protection.urls")),
    path("", include("goldthread.pathway.urls")),
    path("", include("goldthread.pathway.meeting.urls")),
    path("", include("goldthread.pathway.letters.urls")),
    path("", include("goldthread.out.insight.urls")),
    path("", include("goldthread.out.exchange.urls")),
    path("api/", api.urls),
]
