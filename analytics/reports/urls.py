from django.urls import path

from analytics.reports import views

urlpatterns = [
    path("p/<slug:slug>/reports/", views.reports, name="reports"),
    path("p/<slug:slug>/reports/new/", views.report_new, name="report_new"),
    path("p/<slug:slug>/reports/<int:pk>/", views.report_detail, name="report_detail"),
    path("p/<slug:slug>/reports/<int:pk>/pdf/", views.report_pdf, name="report_pdf"),
    path("p/<slug:slug>/reports/<int:pk>/data/<slug:kind>/", views.report_data, name="report_data"),
    path("p/<slug:slug>/reports/<int:pk>/delete/", views.report_delete, name="report_delete"),
    path("p/<slug:slug>/reports/<int:pk>/restore/", views.report_restore, name="report_restore"),
]
