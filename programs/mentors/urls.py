from django.urls import path

from programs.mentors import views

urlpatterns = [
    path("p/<slug:slug>/mentors/", views.mentors, name="mentors"),
    path("p/<slug:slug>/mentors/card/", views.pairing_card, name="pairing_card"),
    path("p/<slug:slug>/mentors/ask/", views.pairing_ask, name="pairing_ask"),
    path("p/<slug:slug>/mentors/<int:pk>/agree/", views.pairing_agree, name="pairing_agree"),
    path("p/<slug:slug>/mentors/<int:pk>/end/", views.pairing_end, name="pairing_end"),
    path("p/<slug:slug>/mentors/<int:pk>/resume/", views.pairing_resume, name="pairing_resume"),
]
