from django.urls import path

from goldthread.pathway import correcting, reading, righting, views

urlpatterns = [
    path("record/<str:reference>/", reading.record_page, name="record"),
    path("record/<str:reference>/put-right/take-off/", righting.take_off_page, name="take_off"),
    path("record/<str:reference>/put-right/withdraw/", righting.withdraw_page, name="withdraw"),
    path("record/<str:reference>/put-right/<str:step>/", correcting.correct_page, name="correct"),
    path("record/<str:reference>/put-right/<str:step>/draft", correcting.save_correction, name="correction_draft"),
    path("record/<str:reference>/<str:step>/", views.step_page, name="step"),
    path("record/<str:reference>/<str:step>/draft", views.save, name="draft"),
]
