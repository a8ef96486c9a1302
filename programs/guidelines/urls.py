from django.urls import path

from programs.guidelines import views, views_profile, views_writing

urlpatterns = [
    path("p/<slug:slug>/guidelines/", views.guidelines, name="guidelines"),
    path("p/<slug:slug>/guidelines/versions/", views.guideline_versions, name="guideline_versions"),
    path("p/<slug:slug>/guidelines/versions/<int:number>/", views.guideline_version, name="guideline_version"),
    path("p/<slug:slug>/guidelines/versions/<int:number>/accept/", views.guideline_accept, name="guideline_accept"),
    path(
        "p/<slug:slug>/guidelines/versions/<int:number>/accept/undo/",
        views.guideline_accept_undo,
        name="guideline_accept_undo",
    ),
    path("p/<slug:slug>/guidelines/quiz/", views.guideline_quiz, name="guideline_quiz"),
    path("p/<slug:slug>/guidelines/labelling/", views.labelling, name="labelling"),
    path("p/<slug:slug>/guidelines/social-media-guide/", views_profile.social_guide, name="social_guide"),
    path("p/<slug:slug>/guidelines/start/", views_writing.guideline_start, name="guideline_start"),
    path("p/<slug:slug>/guidelines/write/", views_writing.guideline_write, name="guideline_write"),
    path("p/<slug:slug>/guidelines/write/about/", views_writing.guideline_about, name="guideline_about"),
    path("p/<slug:slug>/guidelines/write/check/", views_writing.guideline_check, name="guideline_check"),
    path("p/<slug:slug>/guidelines/write/<slug:question>/", views_writing.guideline_section, name="guideline_section"),
    path(
        "p/<slug:slug>/guidelines/sections/<int:pk>/cases/new/",
        views_writing.guideline_case_new,
        name="guideline_case_new",
    ),
    path("p/<slug:slug>/guidelines/cases/<int:pk>/", views_writing.guideline_case_edit, name="guideline_case_edit"),
    path(
        "p/<slug:slug>/guidelines/cases/<int:pk>/delete/",
        views_writing.guideline_case_delete,
        name="guideline_case_delete",
    ),
    path(
        "p/<slug:slug>/guidelines/cases/<int:pk>/restore/",
        views_writing.guideline_case_restore,
        name="guideline_case_restore",
    ),
]
