"""Where every page of the product is to be seen: for each name of an address, who looks, and at what.

A page that is built must be added here (the contract in test_every_page.py says so): the name of its address, who may see it, and
an address with the names of `borough.names` in curly brackets. Give one line more for each state of the page that looks different.
Forms need no line for their errors: each form found on a page is also sent off empty, and what comes back is looked at too. The
steps of processes need no line either: every declared process is taken to each of its steps.
"""

from typing import NamedTuple


class Place(NamedTuple):
    """`who` is a user name of the demo, a name in curly brackets too, or nothing for somebody who has not signed in."""

    route: str
    who: str
    address: str


KEISHA, DELE, YASMIN, MARTIN, NUSRAT = "keisha.bartley", "dele.afolayan", "yasmin.haddad", "martin.everett", "nusrat.talukder"
SUNIL, TOMASZ, PATIENCE, WEI, MORAG = "sunil.vaghela", "tomasz.wrona", "patience.eshun", "wei.kwok", "morag.urquhart"

PLACES = [
    # The shell
    Place("home", KEISHA, "/"),
    Place("home", MARTIN, "/"),
    Place("home", NUSRAT, "/"),
    Place("home", "rhys.prosser", "/"),
    Place("home", WEI, "/"),
    Place("read", "{reader}", "/work/read/{read}/"),
    Place("sign_in", "", "/sign-in/"),
    Place("search", YASMIN, "/search/"),
    Place("search", YASMIN, "/search/?q={name}"),
    Place("search", YASMIN, "/search/?q=Nobody+Of+That+Name"),
    Place("team", NUSRAT, "/team/"),
    Place("team", SUNIL, "/team/?what=protection"),
    Place("covering", NUSRAT, "/team/cover/"),
    Place("reallocate", SUNIL, "/child/{child}/reallocate/"),
    Place("restricted", YASMIN, "/restricted/{restricted}/"),
    Place("restricted_reviews", PATIENCE, "/restricted/"),
    Place("rules", MORAG, "/rules/"),
    Place("rules", MORAG, "/rules/?area=Protection"),
    Place("rule", MORAG, "/rules/conference.initial/"),
    # A child
    Place("child", KEISHA, "/child/{child}/"),
    Place("child", DELE, "/child/{need}/"),
    Place("child", MARTIN, "/child/{unborn}/"),
    Place("child", TOMASZ, "/child/{child}/"),
    Place("looked", SUNIL, "/child/{child}/looked/"),
    Place("child_about", KEISHA, "/child/{child}/about/"),
    Place("child_address", KEISHA, "/child/{child}/about/address/?row={stay}"),
    Place("child_identity", KEISHA, "/child/{child}/about/identity/"),
    Place("child_move", KEISHA, "/child/{child}/about/move/"),
    Place("child_name", KEISHA, "/child/{child}/about/name/"),
    Place("child_number", KEISHA, "/child/{child}/about/number/"),
    Place("child_end_number", KEISHA, "/child/{child}/about/number/end/?row={number}"),
    Place("child_reach", KEISHA, "/child/{child}/about/reach/"),
    Place("child_reach", KEISHA, "/child/{child}/about/reach/?row={reach}"),
    Place("child_end_reach", KEISHA, "/child/{child}/about/reach/end/?row={reach}"),
    Place("child_alerts", KEISHA, "/child/{child}/alerts/"),
    Place("child_add_alert", KEISHA, "/child/{child}/alerts/add/"),
    Place("child_change_alert", KEISHA, "/child/{child}/alerts/change/?row={alert}"),
    Place("child_birth", MARTIN, "/child/{unborn}/birth/"),
    Place("child_twin", MARTIN, "/child/{unborn}/twin/"),
    Place("child_loss", MARTIN, "/child/{unborn}/loss/"),
    Place("child_death", KEISHA, "/child/{child}/death/"),
    Place("child_chronology", KEISHA, "/child/{child}/chronology/"),
    Place("child_chronology", KEISHA, "/child/{child}/chronology/?whose=family&words=school"),
    Place("child_chronology", KEISHA, "/child/{child}/chronology/?words=nothing+says+this"),
    Place("child_export", KEISHA, "/child/{child}/chronology/export/"),
    Place("child_export", KEISHA, "/child/{child}/chronology/export/?as=print"),
    Place("child_direction", SUNIL, "/child/{child}/direction/"),
    Place("child_note", KEISHA, "/child/{child}/note/"),
    Place("child_duplicates", MARTIN, "/child/{kept}/duplicates/"),
    Place("child_duplicates", KEISHA, "/child/{child}/duplicates/"),
    Place("child_merge", MARTIN, "/child/{kept}/duplicates/{other}/"),
    Place("child_family", KEISHA, "/child/{child}/family/"),
    Place("child_family", MARTIN, "/child/{unborn}/family/"),
    Place("child_tie", KEISHA, "/child/{child}/family/{adult}/"),
    Place("child_add_relative", KEISHA, "/child/{child}/family/add/"),
    Place("child_people", KEISHA, "/child/{child}/people/"),
    Place("child_add_involved", KEISHA, "/child/{child}/people/add/"),
    Place("child_end_involved", KEISHA, "/child/{child}/people/end/?row={involved}"),
    Place("child_plans", KEISHA, "/child/{child}/plans/"),
    Place("child_start", KEISHA, "/child/{child}/start/"),
    Place("child_begin", KEISHA, "/child/{child}/start/assessment/"),
    Place("person", KEISHA, "/person/{adult}/"),
    # Records
    Place("record", YASMIN, "/record/{written}/"),
    Place("record", YASMIN, "/record/{written}/?print=1"),
    Place("record", YASMIN, "/record/{written}/?version=1"),
    Place("record", KEISHA, "/record/{note}/"),
    Place("correct", YASMIN, "/record/{written}/put-right/record/"),
    Place("take_off", YASMIN, "/record/{written}/put-right/take-off/"),
    Place("withdraw", YASMIN, "/record/{written}/put-right/withdraw/"),
    Place("step", "{allocator}", "/record/{allocate}/allocate/"),
    # A meeting
    Place("step", MARTIN, "/record/{meeting}/meeting/"),
    Place("meeting_arrange", MARTIN, "/meeting/{meeting}/arrange/"),
    Place("meeting_add", MARTIN, "/meeting/{meeting}/add/"),
    Place("meeting_invitee", MARTIN, "/meeting/{meeting}/invitee/{invitee}/"),
    Place("meeting_write", MARTIN, "/meeting/{meeting}/write/acknowledge/"),
    Place("meeting_outbox", MARTIN, "/meeting/outbox/"),
    Place("meeting_link", "", "/m/whatever/"),
    # A protection plan
    Place("record", YASMIN, "/record/{plan}/"),
    Place("record", YASMIN, "/record/{plan}/?print=1"),
    Place("record", YASMIN, "/record/{period}/"),
    Place("plan_copy", YASMIN, "/plan/{plan}/copy/{copied}/"),
    Place("plan_version", YASMIN, "/plan/{plan}/new-version/"),
    # The front door
    Place("front_door", MARTIN, "/front-door/"),
    Place("front_door", MARTIN, "/front-door/?only=late"),
    Place("danger", YASMIN, "/front-door/danger/"),
    Place("contact_danger", YASMIN, "/front-door/contact/{call}/danger/"),
    Place("danger_now", YASMIN, "/front-door/contact/{call}/danger/now/"),
    Place("contact_people", YASMIN, "/front-door/contact/{call}/people/"),
    Place("contact_person", YASMIN, "/front-door/contact/{call}/people/1/"),
    Place("contact_person", YASMIN, "/front-door/contact/{call}/people/2/"),
    Place("contact_person", YASMIN, "/front-door/contact/{call}/people/3/"),
    Place("contact_person", YASMIN, "/front-door/contact/{call}/people/4/"),
    # Restricting, and families that workers know
    Place("restrict_find", PATIENCE, "/restricted/find/"),
    Place("restrict_find", PATIENCE, "/restricted/find/?reference={restricted}"),
    Place("restrict", PATIENCE, "/restricted/{need}/restrict/"),
    Place("permit", PATIENCE, "/restricted/{restricted}/permit/"),
    Place("end_restriction", PATIENCE, "/restricted/{restricted}/end/"),
    Place("end_permit", PATIENCE, "/restricted/permit/{permit}/end/"),
    Place("conflicts", PATIENCE, "/conflicts/"),
    Place("enter_conflict", MORAG, "/conflicts/add/"),
    Place("match_conflict", PATIENCE, "/conflicts/{conflict}/match/"),
    Place("end_conflict", PATIENCE, "/conflicts/{conflict}/end/"),
    Place("own_conflicts", "rhys.prosser", "/conflicts/mine/"),
    Place("know_them", KEISHA, "/child/{child}/know-them/"),
    # Set-up
    Place("set_up", MORAG, "/set-up/"),
    Place("set_up_agencies", MORAG, "/set-up/agencies/"),
    Place("set_up_add_agency", MORAG, "/set-up/agencies/add/"),
    Place("set_up_add_team", MORAG, "/set-up/teams/add/"),
    Place("set_up_team", MORAG, "/set-up/teams/{team}/"),
    Place("set_up_change_team", MORAG, "/set-up/teams/{team}/change/"),
    Place("set_up_close_team", MORAG, "/set-up/teams/{team}/close/"),
    Place("set_up_add_post", MORAG, "/set-up/teams/{team}/post/"),
    Place("set_up_change_post", MORAG, "/set-up/posts/{post}/change/"),
    Place("set_up_close_post", MORAG, "/set-up/posts/{post}/close/"),
    Place("set_up_fill_post", MORAG, "/set-up/posts/{post}/fill/"),
    Place("set_up_workers", MORAG, "/set-up/workers/"),
    Place("set_up_add_worker", MORAG, "/set-up/workers/add/"),
    Place("set_up_worker", MORAG, "/set-up/workers/{worker}/"),
    Place("set_up_worker", MORAG, "/set-up/workers/{stranger}/"),
    Place("set_up_change_worker", MORAG, "/set-up/workers/{worker}/change/"),
    Place("set_up_put_in_post", MORAG, "/set-up/workers/{stranger}/post/"),
    Place("set_up_give_sign_in", MORAG, "/set-up/workers/{stranger}/sign-in/"),
    Place("set_up_new_phrase", MORAG, "/set-up/workers/{worker}/pass-phrase/"),
    Place("set_up_leaver", MORAG, "/set-up/workers/{worker}/left/"),
    Place("set_up_give_duty", MORAG, "/set-up/workers/{worker}/duty/"),
    Place("set_up_set_cover", MORAG, "/set-up/workers/{worker}/cover/"),
    Place("set_up_end_holding", MORAG, "/set-up/holdings/{holding}/end/"),
    Place("set_up_end_duty", MORAG, "/set-up/duties/{duty}/end/"),
    Place("set_up_end_cover", MORAG, "/set-up/covers/{cover}/end/"),
    # Figures and imports
    Place("dashboard", MARTIN, "/dashboard/"),
    Place("behind", MARTIN, "/dashboard/FD04/"),
    Place("behind", MARTIN, "/dashboard/FD04/?from=1999-01-01&until=1999-01-02"),
    Place("imports", WEI, "/imports/"),
    Place("import_run", WEI, "/imports/{run}/"),
    # For those who build
    Place("components", MORAG, "/design/"),
    Place("form", MORAG, "/design/form/"),
    Place("list", MORAG, "/design/list/"),
]
