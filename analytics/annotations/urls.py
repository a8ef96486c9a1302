from django.urls import path

from analytics.annotations import views

urlpatterns = [
    path("p/<slug:slug>/figures/notes/", views.timeline_notes, name="timeline_notes"),
    path("p/<slug:slug>/figures/notes/new/", views.timeline_note_new, name="timeline_note_new"),
    path("p/<slug:slug>/figures/notes/<int:pk>/", views.timeline_note_edit, name="timeline_note_edit"),
    path("p/<slug:slug>/figures/notes/<int:pk>/remove/", views.timeline_note_remove, name="timeline_note_remove"),
    path("p/<slug:slug>/figures/notes/<int:pk>/restore/", views.timeline_note_restore, name="timeline_note_restore"),
]
