from django.urls import path

from analytics.scorecard import views

urlpatterns = [
    path("p/<slug:slug>/figures/strategy/", views.scorecard, name="scorecard"),
    path("p/<slug:slug>/figures/strategy/new/", views.aim_new, name="aim_new"),
    path("p/<slug:slug>/figures/strategy/<int:pk>/", views.aim_edit, name="aim_edit"),
    path("p/<slug:slug>/figures/strategy/<int:pk>/remove/", views.aim_remove, name="aim_remove"),
    path("p/<slug:slug>/figures/strategy/<int:pk>/restore/", views.aim_restore, name="aim_restore"),
]
