from django.urls import path

from community.pulses import views, views_team

urlpatterns = [
    path("p/<slug:slug>/pulses/", views.pulses, name="pulses"),
    path("p/<slug:slug>/pulses/new/", views_team.pulse_new, name="pulse_new"),
    path("p/<slug:slug>/pulses/<int:pk>/", views.pulse, name="pulse"),
    path("p/<slug:slug>/pulses/<int:pk>/result/", views.pulse_result, name="pulse_result"),
    path("p/<slug:slug>/pulses/<int:pk>/delete/", views_team.pulse_delete, name="pulse_delete"),
    path("p/<slug:slug>/pulses/<int:pk>/restore/", views_team.pulse_restore, name="pulse_restore"),
    path("p/<slug:slug>/pulses/<int:pk>/close/", views_team.pulse_close, name="pulse_close"),
    path("p/<slug:slug>/pulses/<int:pk>/publish/", views_team.pulse_publish, name="pulse_publish"),
    path("p/<slug:slug>/pulses/<int:pk>/consequence/", views_team.pulse_consequence, name="pulse_consequence"),
    path("p/<slug:slug>/pulses/<int:pk>/comments/<int:comment>/", views_team.pulse_theme, name="pulse_theme"),
]
