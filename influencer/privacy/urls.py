from django.urls import path

from influencer.privacy import views

app_name = "privacy"
urlpatterns = [
    path("me/export/", views.export, name="export"),
    path("my-rights/", views.left, name="left"),
    path("p/<slug:slug>/privacy/", views.mine, name="mine"),
    path("p/<slug:slug>/council/", views.council, name="council"),
    path("p/<slug:slug>/council/log/", views.log, name="log"),
]
