from django.urls import path

from influencer.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("p/<slug:slug>/", views.program, name="program"),
]
