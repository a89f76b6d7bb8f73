from django.urls import URLPattern, path

from goldthread.face.web import ways_back
from goldthread.face.web.set_up import home, population, sign_ins, teams, times, workers

# Below set-up/: for administrators alone.
urlpatterns: list[URLPattern] = [
    path("", home.home, name="set_up"),
    path("agencies/", home.agencies, name="set_up_agencies"),
    path("agencies/add/", home.add_agency, name="set_up_add_agency"),
    path("population/", population.population, name="set_up_population"),
    path("population/enter/", population.enter, name="set_up_enter_population"),
    path("population/<int:key>/take-back/", population.take_back, name="set_up_take_back_population"),
    path("teams/add/", teams.add_team, name="set_up_add_team"),
    path("teams/<int:key>/", teams.team, name="set_up_team"),
    path("teams/<int:key>/change/", teams.change_team, name="set_up_change_team"),
    path("teams/<int:key>/close/", teams.close, name="set_up_close_team"),
    path("teams/<int:key>/post/", teams.add_post, name="set_up_add_post"),
    path("posts/<int:key>/change/", teams.change_post, name="set_up_change_post"),
    path("posts/<int:key>/close/", teams.close_post, name="set_up_close_post"),
    path("posts/<int:key>/fill/", times.fill_post, name="set_up_fill_post"),
    path("workers/", workers.workers, name="set_up_workers"),
    path("workers/add/", workers.add_worker, name="set_up_add_worker"),
    path("workers/<int:key>/", workers.worker, name="set_up_worker"),
    path("workers/<int:key>/change/", workers.change_worker, name="set_up_change_worker"),
    path("workers/<int:key>/post/", times.put_in_post, name="set_up_put_in_post"),
    path("workers/<int:key>/sign-in/", sign_ins.give_sign_in, name="set_up_give_sign_in"),
    path("workers/<int:key>/pass-phrase/", ways_back.new_phrase, name="set_up_new_phrase"),
    path("workers/<int:key>/sign-out/", sign_ins.sign_out_everywhere, name="set_up_sign_out_everywhere"),
    path("workers/<int:key>/single-sign-on/", sign_ins.single_sign_on, name="set_up_single_sign_on"),
    path("workers/<int:key>/left/", sign_ins.leaver, name="set_up_leaver"),
    path("workers/<int:key>/duty/", times.give_duty, name="set_up_give_duty"),
    path("workers/<int:key>/cover/", times.set_cover, name="set_up_set_cover"),
    path("holdings/<int:key>/end/", times.end_holding, name="set_up_end_holding"),
    path("duties/<int:key>/end/", times.end_duty, name="set_up_end_duty"),
    path("covers/<int:key>/end/", times.end_cover, name="set_up_end_cover"),
]
