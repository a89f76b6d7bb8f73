from django.urls import path

from goldthread.pathway.meeting import invitee, pages
from goldthread.pathway.meeting.links import open_pages
from goldthread.pathway.meeting.links import pages as writing

urlpatterns = [
    path("meeting/outbox/", writing.outbox_page, name="meeting_outbox"),
    path("meeting/<str:reference>/arrange/", pages.arrange_page, name="meeting_arrange"),
    path("meeting/<str:reference>/add/", pages.add_page, name="meeting_add"),
    path("meeting/<str:reference>/list/", pages.list_page, name="meeting_list"),
    path("meeting/<str:reference>/invitee/<str:one>/", invitee.invitee_page, name="meeting_invitee"),
    path("meeting/<str:reference>/write/<str:purpose>/", writing.write_page, name="meeting_write"),
    path("m/<str:token>/", open_pages.link_page, name="meeting_link"),
]
