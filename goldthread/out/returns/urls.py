from django.urls import path

from goldthread.out.returns import views
from goldthread.out.returns.comparing_pages import compare_returns
from goldthread.out.returns.failures.views import census_questions, explain_query

urlpatterns = [
    path("returns/", views.returns, name="returns"),
    path("returns/compare/", compare_returns, name="compare_returns"),
    path("returns/questions/", census_questions, name="census_questions"),
    path("returns/questions/<int:key>/", explain_query, name="explain_query"),
    path("returns/<int:key>/", views.return_run, name="return_run"),
]
