from django.urls import path

from programs.chats import views

urlpatterns = [
    path("p/<slug:slug>/channels/", views.channels, name="channels"),
    path("p/<slug:slug>/channels/<int:pk>/test/", views.channel_test, name="channel_test"),
    path("p/<slug:slug>/channels/<int:pk>/switch/", views.channel_switch, name="channel_switch"),
]
