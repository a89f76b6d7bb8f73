from django.urls import path

from goldthread.pathway import views

urlpatterns = [
    path("record/<str:reference>/", views.record_page, name="record"),
    path("record/<str:reference>/<str:step>/", views.step_page, name="step"),
    path("record/<str:reference>/<str:step>/draft", views.save, name="draft"),
]
