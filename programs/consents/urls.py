from django.urls import path

from programs.consents import views

urlpatterns = [
    path("p/<slug:slug>/consents/", views.consents, name="consents"),
    path("p/<slug:slug>/consents/<slug:purpose>/", views.consent_set, name="consent_set"),
    path("p/<slug:slug>/consents/<slug:purpose>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
    path("p/<slug:slug>/consents/<slug:purpose>/restore/", views.consent_restore, name="consent_restore"),
    path("p/<slug:slug>/consents/<slug:purpose>/erase/", views.consent_erase, name="consent_erase"),
]
