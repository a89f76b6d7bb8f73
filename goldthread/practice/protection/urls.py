from django.urls import path

from goldthread.practice.protection import pages

urlpatterns = [
    path("plan/<str:reference>/copy/<str:person>/", pages.copy_page, name="plan_copy"),
    path("plan/<str:reference>/new-version/", pages.version_page, name="plan_version"),
]
