from django.urls import path

from analytics.imports import views

SEVERAL = "p/<slug:slug>/imports/several/<slug:numbers>/"

urlpatterns = [
    path("p/<slug:slug>/imports/", views.imports, name="imports"),
    path("p/<slug:slug>/imports/new/", views.import_new, name="import_new"),
    path("p/<slug:slug>/imports/template/", views.import_template, name="import_template"),
    path(SEVERAL, views.import_several, name="import_several"),
    path(
        "p/<slug:slug>/imports/several/<slug:numbers>/apply/", views.import_several_apply, name="import_several_apply"
    ),
    path(f"{SEVERAL}undo/", views.import_several_undo, name="import_several_undo"),
    path("p/<slug:slug>/imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("p/<slug:slug>/imports/<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("p/<slug:slug>/imports/<int:pk>/refused/", views.import_refused, name="import_refused"),
    path("p/<slug:slug>/imports/<int:pk>/apply/", views.import_apply, name="import_apply"),
    path("p/<slug:slug>/imports/<int:pk>/answer/", views.import_answer, name="import_answer"),
    path("p/<slug:slug>/imports/<int:pk>/columns/", views.import_columns, name="import_columns"),
    path("p/<slug:slug>/imports/<int:pk>/name/", views.import_post_name, name="import_post_name"),
    path("p/<slug:slug>/imports/<int:pk>/undo/", views.import_undo, name="import_undo"),
    path("p/<slug:slug>/imports/<int:pk>/discard/", views.import_discard, name="import_discard"),
]
