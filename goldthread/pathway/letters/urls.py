from django.urls import path

from goldthread.pathway.letters import pages

urlpatterns = [
    path("letters/<str:reference>/sealed/<str:letter>/", pages.sealed_page, name="letter_sealed"),
    path("letters/<str:reference>/sealed/<str:letter>/news/", pages.news_page, name="letter_news"),
    path("letters/<str:reference>/<str:kind>/<str:person>/", pages.decide_page, name="letter_decide"),
    path("letters/<str:reference>/<str:kind>/<str:person>/read/", pages.preview_page, name="letter_read"),
    path("letters/<str:reference>/<str:kind>/<str:person>/told/", pages.told_page, name="letter_told"),
]
