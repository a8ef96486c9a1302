from django.urls import path

from programs.charter import views

urlpatterns = [
    path("p/<slug:slug>/charter/", views.charter, name="charter"),
    path("p/<slug:slug>/charter/edit/", views.charter_edit, name="charter_edit"),
    path("p/<slug:slug>/charter/duties/", views.charter_duties, name="charter_duties"),
    path("p/<slug:slug>/charter/stakeholders/", views.charter_stakeholders, name="charter_stakeholders"),
    path("p/<slug:slug>/charter/risks/", views.charter_risks, name="charter_risks"),
    path("p/<slug:slug>/charter/budget/", views.charter_budget, name="charter_budget"),
    path("p/<slug:slug>/charter/objections/", views.objections, name="objections"),
    path("p/<slug:slug>/charter/<slug:kind>/new/", views.charter_row_new, name="charter_row_new"),
    path("p/<slug:slug>/charter/<slug:kind>/<int:pk>/", views.charter_row_edit, name="charter_row_edit"),
    path("p/<slug:slug>/charter/<slug:kind>/<int:pk>/delete/", views.charter_row_delete, name="charter_row_delete"),
    path("p/<slug:slug>/charter/<slug:kind>/<int:pk>/restore/", views.charter_row_restore, name="charter_row_restore"),
]
