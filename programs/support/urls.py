from django.urls import path

from programs.support import views, views_incidents

INCIDENT = "p/<slug:slug>/help/<int:pk>/"

urlpatterns = [
    path("p/<slug:slug>/help/", views.help_now, name="help_now"),
    path("p/<slug:slug>/help/new/", views_incidents.incident_new, name="incident_new"),
    path(INCIDENT, views_incidents.incident, name="incident"),
    path(f"{INCIDENT}close/", views_incidents.incident_close, name="incident_close"),
    path(f"{INCIDENT}reopen/", views_incidents.incident_reopen, name="incident_reopen"),
    path(f"{INCIDENT}people/<int:person>/in/", views_incidents.incident_bring_in, name="incident_bring_in"),
    path(f"{INCIDENT}people/<int:person>/out/", views_incidents.incident_take_out, name="incident_take_out"),
    path("p/<slug:slug>/support/", views.support, name="support"),
    path("p/<slug:slug>/support/new/", views.helper_new, name="helper_new"),
    path("p/<slug:slug>/support/<int:pk>/", views.helper_edit, name="helper_edit"),
    path("p/<slug:slug>/support/<int:pk>/delete/", views.helper_delete, name="helper_delete"),
    path("p/<slug:slug>/support/<int:pk>/restore/", views.helper_restore, name="helper_restore"),
]
