from django.urls import path

from programs.consents import views

urlpatterns = [
    path("p/<slug:slug>/consents/", views.consents, name="consents"),
    path("p/<slug:slug>/consents/<slug:purpose>/", views.consent_set, name="consent_set"),
]
