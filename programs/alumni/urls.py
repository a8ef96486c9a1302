from django.urls import path

from programs.alumni import views

urlpatterns = [
    path("p/<slug:slug>/alumni/", views.alumni, name="alumni"),
    path("p/<slug:slug>/alumni/stay/", views.alumni_stay, name="alumni_stay"),
    path("p/<slug:slug>/alumni/end/", views.alumni_end, name="alumni_end"),
]
