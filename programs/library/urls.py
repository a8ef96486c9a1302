from django.urls import path

from programs.library import views, views_edit, views_import, views_news, views_take

urlpatterns = [
    path("p/<slug:slug>/templates/", views.library, name="library"),
    path("p/<slug:slug>/templates/new/", views.template_new, name="template_new"),
    path("p/<slug:slug>/templates/import/", views_import.template_import, name="template_import"),
    path("p/<slug:slug>/templates/import/keep/", views_import.template_keep, name="template_keep"),
    path("p/<slug:slug>/templates/taken/<int:pk>/", views_news.template_news, name="template_news"),
    path("p/<slug:slug>/templates/taken/<int:pk>/undo/", views_take.template_untake, name="template_untake"),
    path("p/<slug:slug>/templates/t/<slug:ref>/", views.template_detail, name="template_detail"),
    path("p/<slug:slug>/templates/t/<slug:ref>/take/", views_take.template_take, name="template_take"),
    path("p/<slug:slug>/templates/t/<slug:ref>/file/", views.template_file, name="template_file"),
    path("p/<slug:slug>/templates/t/<slug:ref>/copy/", views.template_copy, name="template_copy"),
    path("p/<slug:slug>/templates/t/<slug:ref>/delete/", views.template_delete, name="template_delete"),
    path("p/<slug:slug>/templates/t/<slug:ref>/restore/", views.template_restore, name="template_restore"),
    path("p/<slug:slug>/templates/t/<slug:ref>/edit/", views_edit.template_edit, name="template_edit"),
    path("p/<slug:slug>/templates/t/<slug:ref>/phases/<int:number>/", views_edit.template_phase, name="template_phase"),
    path(
        "p/<slug:slug>/templates/t/<slug:ref>/phases/<int:number>/delete/",
        views_edit.template_phase_delete,
        name="template_phase_delete",
    ),
    path("p/<slug:slug>/templates/t/<slug:ref>/versions/", views_news.template_versions, name="template_versions"),
    path(
        "p/<slug:slug>/templates/t/<slug:ref>/versions/<int:number>/restore/",
        views_edit.template_version_restore,
        name="template_version_restore",
    ),
]
