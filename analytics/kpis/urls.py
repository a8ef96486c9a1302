from django.urls import path

from analytics.kpis import views

urlpatterns = [
    path("p/<slug:slug>/figures/targets/", views.targets, name="targets"),
]
