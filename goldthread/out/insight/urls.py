from django.urls import path

from goldthread.out.insight import attendance_pages, effort_pages, lag_pages, views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/count/", views.count_again, name="count_again"),
    path("dashboard/attendance/", attendance_pages.attendance_page, name="attendance"),
    path("dashboard/attendance/meetings/", attendance_pages.meetings_page, name="attended_meetings"),
    path("dashboard/written/", lag_pages.lag_page, name="lag"),
    path("dashboard/written/records/", lag_pages.lag_behind_page, name="lag_behind"),
    path("dashboard/effort/", effort_pages.effort_page, name="effort"),
    path("dashboard/effort/left/", effort_pages.left_behind_page, name="left_behind"),
    path("dashboard/<str:key>/", views.children_behind, name="behind"),
]
