from django.urls import path

from programs.guide import views, views_concept

urlpatterns = [
    path("programs/new/", views.program_new, name="program_new"),
    path("programs/new/<slug:name>/", views.program_question, name="program_question"),
    path("programs/sketches/<int:pk>/discard/", views.sketch_discard, name="sketch_discard"),
    path("programs/sketches/<int:pk>/restore/", views.sketch_restore, name="sketch_restore"),
    path("p/<slug:slug>/concept/", views_concept.concept, name="concept"),
    path("p/<slug:slug>/concept/edit/", views_concept.concept_edit, name="concept_edit"),
    path("p/<slug:slug>/documents/new/", views_concept.document_new, name="document_new"),
    path("p/<slug:slug>/documents/<int:pk>/edit/", views_concept.document_edit, name="document_edit"),
    path("p/<slug:slug>/documents/<int:pk>/turn/", views_concept.document_turn, name="document_turn"),
    path("p/<slug:slug>/documents/<int:pk>/delete/", views_concept.document_delete, name="document_delete"),
    path("p/<slug:slug>/documents/<int:pk>/restore/", views_concept.document_restore, name="document_restore"),
]
