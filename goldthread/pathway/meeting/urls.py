from django.urls import path

from goldthread.pathway.meeting import invitee, pages

urlpatterns = [
    path("meeting/<str:reference>/arrange/", pages.arrange_page, name="meeting_arrange"),
    path("meeting/<str:reference>/add/", pages.add_page, name="meeting_add"),
    path("meeting/<str:reference>/list/", pages.list_page, name="meeting_list"),
    path("meeting/<str:reference>/invitee/<str:one>/", invitee.invitee_page, name="meeting_invitee"),
]
