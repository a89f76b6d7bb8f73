"""The builders' pages alone, for tests of how things look."""

from django.urls import include, path

urlpatterns = [path("design/", include("goldthread.ground.design.urls"))]
