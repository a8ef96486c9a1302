from django.urls import path

from analytics.reports import views, views_deciding, views_master, views_sending, views_sharing, views_templates

urlpatterns = [
    path("p/<slug:slug>/reports/", views.reports, name="reports"),
    path("p/<slug:slug>/reports/new/", views.report_new, name="report_new"),
    path("p/<slug:slug>/reports/preview/", views.report_preview, name="report_preview"),
    path("p/<slug:slug>/reports/schedule/", views_sending.report_schedule, name="report_schedule"),
    path("p/<slug:slug>/reports/slides/", views_master.report_master, name="report_master"),
    path(
        "p/<slug:slug>/reports/slides/<int:pk>/remove/", views_master.report_master_remove, name="report_master_remove"
    ),
    path(
        "p/<slug:slug>/reports/slides/<int:pk>/restore/",
        views_master.report_master_restore,
        name="report_master_restore",
    ),
    path("p/<slug:slug>/reports/templates/", views_templates.report_templates, name="report_templates"),
    path("p/<slug:slug>/reports/templates/new/", views_templates.report_template_new, name="report_template_new"),
    path(
        "p/<slug:slug>/reports/templates/preview/",
        views_templates.report_template_preview,
        name="report_template_preview",
    ),
    path(
        "p/<slug:slug>/reports/templates/<int:pk>/",
        views_templates.report_template_edit,
        name="report_template_edit",
    ),
    path(
        "p/<slug:slug>/reports/templates/<int:pk>/delete/",
        views_templates.report_template_delete,
        name="report_template_delete",
    ),
    path(
        "p/<slug:slug>/reports/templates/<int:pk>/restore/",
        views_templates.report_template_restore,
        name="report_template_restore",
    ),
    path("p/<slug:slug>/reports/<int:pk>/", views.report_detail, name="report_detail"),
    path("p/<slug:slug>/reports/<int:pk>/links/", views_sharing.report_links, name="report_links"),
    path("p/<slug:slug>/reports/links/<int:pk>/end/", views_sharing.report_link_end, name="report_link_end"),
    path(
        "p/<slug:slug>/reports/links/<int:pk>/restore/", views_sharing.report_link_restore, name="report_link_restore"
    ),
    path("shared/report/<str:token>/", views_sharing.report_shared, name="report_shared"),
    path("p/<slug:slug>/reports/<int:pk>/pdf/", views.report_pdf, name="report_pdf"),
    path("p/<slug:slug>/reports/<int:pk>/data/<slug:kind>/", views.report_data, name="report_data"),
    path("p/<slug:slug>/reports/<int:pk>/charts/<slug:chart>.<slug:kind>", views.report_picture, name="report_picture"),
    path("p/<slug:slug>/reports/<int:pk>/delete/", views.report_delete, name="report_delete"),
    path("p/<slug:slug>/reports/<int:pk>/restore/", views.report_restore, name="report_restore"),
    path("p/<slug:slug>/reports/<int:pk>/decide/", views_deciding.report_decide, name="report_decide"),
    path("p/<slug:slug>/reports/<int:pk>/reply/", views_deciding.report_reply, name="report_reply"),
    path("p/<slug:slug>/reports/words/<int:pk>/withdraw/", views_deciding.word_withdraw, name="report_word_withdraw"),
    path("p/<slug:slug>/reports/words/<int:pk>/restore/", views_deciding.word_restore, name="report_word_restore"),
]
