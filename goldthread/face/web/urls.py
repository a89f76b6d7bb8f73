from django.urls import include, path

from goldthread.face.api.root import api

urlpatterns = [
    path("", include("goldthread.pathway.urls")),
    path("", include("goldthread.out.insight.urls")),
    path("api/", api.urls),
]
