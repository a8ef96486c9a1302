from django.urls import path

from community.newsletters import (
    views,
    views_audience,
    views_clicks,
    views_keeping,
    views_moving,
    views_preview,
    views_public,
    views_together,
)

AUDIENCES = "p/<slug:slug>/newsletters/audiences/<int:pk>/"
PARTS = "p/<slug:slug>/newsletters/parts/<int:pk>/"
TEMPLATES = "p/<slug:slug>/newsletters/templates/<int:pk>/"

urlpatterns = [
    path("p/<slug:slug>/newsletters/", views.newsletters, name="newsletters"),
    path("p/<slug:slug>/newsletters/new/", views.issue_new, name="issue_new"),
    path("p/<slug:slug>/newsletters/<int:pk>/", views.issue_read, name="issue_read"),
    path("p/<slug:slug>/newsletters/<int:pk>/edit/", views.issue_edit, name="issue_edit"),
    path("p/<slug:slug>/newsletters/<int:pk>/preview/", views_preview.issue_preview, name="issue_preview"),
    path("p/<slug:slug>/newsletters/<int:pk>/checks/", views.issue_checks, name="issue_checks"),
    path("p/<slug:slug>/newsletters/<int:pk>/move/", views_moving.issue_move, name="issue_move"),
    path("p/<slug:slug>/newsletters/<int:pk>/writers/", views_together.issue_writers, name="issue_writers"),
    path("p/<slug:slug>/newsletters/<int:pk>/test/", views.issue_test, name="issue_test"),
    path("p/<slug:slug>/newsletters/<int:pk>/schedule/", views.issue_schedule, name="issue_schedule"),
    path("p/<slug:slug>/newsletters/<int:pk>/unschedule/", views.issue_unschedule, name="issue_unschedule"),
    path("p/<slug:slug>/newsletters/<int:pk>/send/", views.issue_send, name="issue_send"),
    path("p/<slug:slug>/newsletters/<int:pk>/progress/", views.issue_progress, name="issue_progress"),
    path("p/<slug:slug>/newsletters/<int:pk>/pause/", views.issue_pause, name="issue_pause"),
    path("p/<slug:slug>/newsletters/<int:pk>/resume/", views.issue_resume, name="issue_resume"),
    path("p/<slug:slug>/newsletters/<int:pk>/cancel/", views.issue_cancel, name="issue_cancel"),
    path("p/<slug:slug>/newsletters/<int:pk>/audience/", views_audience.issue_audience, name="issue_audience"),
    path(
        "p/<slug:slug>/newsletters/<int:pk>/audience/use/", views_audience.issue_audience_use, name="issue_audience_use"
    ),
    path("p/<slug:slug>/newsletters/<int:pk>/delete/", views.issue_delete, name="issue_delete"),
    path("p/<slug:slug>/newsletters/<int:pk>/restore/", views.issue_restore, name="issue_restore"),
    path("p/<slug:slug>/newsletters/<int:pk>/template/", views_keeping.issue_template_new, name="issue_template_new"),
    path("p/<slug:slug>/newsletters/<int:pk>/part/", views_keeping.issue_part_new, name="issue_part_new"),
    path(f"{PARTS}delete/", views_keeping.issue_part_delete, name="issue_part_delete"),
    path(f"{PARTS}renew/", views_keeping.issue_part_renew, name="issue_part_renew"),
    path(f"{PARTS}restore/", views_keeping.issue_part_restore, name="issue_part_restore"),
    path("p/<slug:slug>/newsletters/<int:pk>/approve/", views_keeping.issue_approve, name="issue_approve"),
    path("p/<slug:slug>/newsletters/<int:pk>/unapprove/", views_keeping.issue_unapprove, name="issue_unapprove"),
    path("p/<slug:slug>/newsletters/rules/", views_keeping.newsletter_rules, name="newsletter_rules"),
    path(f"{AUDIENCES}delete/", views_audience.audience_delete, name="audience_delete"),
    path(f"{AUDIENCES}restore/", views_audience.audience_restore, name="audience_restore"),
    path(f"{TEMPLATES}delete/", views_keeping.issue_template_delete, name="issue_template_delete"),
    path(f"{TEMPLATES}restore/", views_keeping.issue_template_restore, name="issue_template_restore"),
    path("p/<slug:slug>/newsletters/archive/", views_public.newsletter_archive, name="newsletter_archive"),
    path("p/<slug:slug>/newsletters/<int:pk>/public/", views_public.issue_public, name="issue_public"),
    path("archive/<slug:slug>/", views_public.public_archive_list, name="public_archive_list"),
    path("archive/<slug:slug>/<int:pk>/", views_public.public_issue, name="public_issue"),
    path("p/<slug:slug>/newsletters/clicks/", views_clicks.newsletter_clicks, name="newsletter_clicks"),
    path("l/<slug:token>/", views_clicks.counted_link, name="counted_link"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
