from django.urls import path

from community.events import views

urlpatterns = [
    path("p/<slug:slug>/events/", views.events, name="events"),
]
