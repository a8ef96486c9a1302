from django.urls import path

from programs.readiness import views, views_survey

urlpatterns = [
    path("p/<slug:slug>/readiness/", views.readiness, name="readiness"),
    path("p/<slug:slug>/readiness/open/", views.readiness_open, name="readiness_open"),
    path("p/<slug:slug>/readiness/<int:pk>/move/", views.readiness_move, name="readiness_move"),
    path("p/<slug:slug>/readiness/<int:pk>/close/", views.readiness_close, name="readiness_close"),
    path("survey/<str:key>/", views_survey.survey_page, name="survey"),
]
