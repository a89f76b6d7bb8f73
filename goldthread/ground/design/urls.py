"""The builders' page of components; the page itself refuses outside debug and demonstrations."""

from django.urls import path

from goldthread.ground.design import pages

app_name = "design"
urlpatterns = [
    path("", pages.components, name="components"),
    path("form/", pages.form, name="form"),
    path("list/", pages.work, name="list"),
    path("form/draft/", pages.draft, name="draft"),
]
