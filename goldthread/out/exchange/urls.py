from django.urls import path

from goldthread.out.exchange import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:key>/", views.import_run, name="import_run"),
]
