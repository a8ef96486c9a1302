from django.urls import path

from programs.guide import views, views_checks, views_concept

urlpatterns = [
    path("programs/new/", views.program_new, name="program_new"),
    path("programs/new/<slug:name>/", views.program_question, name="program_question"),
    path("programs/sketches/<int:pk>/discard/", views.sketch_discard, name="sketch_discard"),
    path("programs/sketches/<int:pk>/restore/", views.sketch_restore, name="sketch_restore"),
    path("p/<slug:slug>/concept/", views_concept.concept, name="concept"),
    path("p/<slug:slug>/concept/edit/", views_concept.concept_edit, name="concept_edit"),
    path("p/<slug:slug>/concept/take-over/", views_concept.experience_take, name="experience_take"),
    path("p/<slug:slug>/documents/new/", views_concept.document_new, name="document_new"),
    path("p/<slug:slug>/documents/<int:pk>/edit/", views_concept.document_edit, name="document_edit"),
    path("p/<slug:slug>/documents/<int:pk>/turn/", views_concept.document_turn, name="document_turn"),
    path("p/<slug:slug>/documents/<int:pk>/delete/", views_concept.document_delete, name="document_delete"),
    path("p/<slug:slug>/documents/<int:pk>/restore/", views_concept.document_restore, name="document_restore"),
    path("p/<slug:slug>/first-90-days/", views_checks.first_days, name="first_days"),
    path("p/<slug:slug>/first-90-days/plan/", views_checks.first_days_plan, name="first_days_plan"),
    path("p/<slug:slug>/first-90-days/<int:day>/", views_checks.early_check, name="early_check"),
    path("p/<slug:slug>/first-90-days/<int:day>/move/", views_checks.early_check_move, name="early_check_move"),
    path("p/<slug:slug>/first-90-days/<int:day>/leave-out/", views_checks.early_check_leave, name="early_check_leave"),
    path("p/<slug:slug>/first-90-days/<int:day>/resume/", views_checks.early_check_resume, name="early_check_resume"),
]
