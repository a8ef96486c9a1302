from django.urls import path

from influencer.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("welcome/", views.first, name="first"),
    path("p/<slug:slug>/", views.program, name="program"),
    path("p/<slug:slug>/accent.css", views.accent, name="accent"),
    path("p/<slug:slug>/search/", views.search, name="search"),
]
