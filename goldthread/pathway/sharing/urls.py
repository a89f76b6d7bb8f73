from django.urls import path

from goldthread.pathway.sharing import pages

urlpatterns = [path("sharing/<str:reference>/", pages.why_page, name="why_shared")]
