from django.urls import path

from goldthread.practice.front_door import pages
from goldthread.practice.front_door.describing import pages as people

urlpatterns = [
    path("front-door/", pages.board_page, name="front_door"),
    path("front-door/take-a-call/", pages.take_call, name="take_call"),
    path("front-door/danger/", pages.danger, name="danger"),
    path("front-door/contact/<str:reference>/danger/", pages.danger, name="contact_danger"),
    path("front-door/contact/<str:reference>/danger/now/", pages.danger_now, name="danger_now"),
    path("front-door/contact/<str:reference>/people/", people.people_page, name="contact_people"),
    path("front-door/contact/<str:reference>/people/<int:position>/", people.person_page, name="contact_person"),
    path("front-door/contact/<str:reference>/people/<int:position>/draft", people.save, name="contact_person_draft"),
    path("front-door/contact/<str:reference>/people/<int:position>/verdict", people.verdict, name="contact_verdict"),
    path("front-door/contact/<str:reference>/people/<int:position>/address", people.address, name="contact_address"),
    path("front-door/contact/<str:reference>/people/<int:position>/restricted", people.restricted, name="contact_restricted"),
]
