from django.urls import path

from goldthread.out.insight import attendance_pages, views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/count/", views.count_again, name="count_again"),
    path("dashboard/attendance/", attendance_pages.attendance_page, name="attendance"),
    path("dashboard/attendance/meetings/", attendance_pages.meetings_page, name="attended_meetings"),
    path("dashboard/<str:key>/", views.children_behind, name="behind"),
]
