from django.urls import path

from goldthread.out.insight import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/<str:key>/", views.children_behind, name="behind"),
]
