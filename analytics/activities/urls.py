from django.urls import path

from analytics.activities import views, views_archives, views_group, views_score, views_week

urlpatterns = [
    path("p/<slug:slug>/activities/", views.activity_list, name="activity_list"),
    path("p/<slug:slug>/activities/new/", views.activity_new, name="activity_new"),
    path("p/<slug:slug>/activities/change/", views.activities_change, name="activities_change"),
    path("p/<slug:slug>/activities/restore/", views.activities_restore, name="activities_restore"),
    path("p/<slug:slug>/activities/archive/<int:pk>/", views_archives.activities_archived, name="activities_archived"),
    path("p/<slug:slug>/activities/unlog/", views_archives.activities_unlog, name="activities_unlog"),
    path("p/<slug:slug>/activities/waiting/", views.activity_sync, name="activity_sync"),
    path("p/<slug:slug>/activities/<int:pk>/", views.activity_edit, name="activity_edit"),
    path("p/<slug:slug>/activities/<int:pk>/delete/", views.activity_delete, name="activity_delete"),
    path("p/<slug:slug>/activities/<int:pk>/restore/", views.activity_restore, name="activity_restore"),
    path("p/<slug:slug>/figures/activities/", views_group.activities_group, name="activities_group"),
    path("p/<slug:slug>/figures/activities/topics/new/", views_group.activity_topic_new, name="activity_topic_new"),
    path(
        "p/<slug:slug>/figures/activities/topics/<int:pk>/remove/",
        views_group.activity_topic_remove,
        name="activity_topic_remove",
    ),
    path(
        "p/<slug:slug>/figures/activities/topics/<int:pk>/restore/",
        views_group.activity_topic_restore,
        name="activity_topic_restore",
    ),
    path("p/<slug:slug>/my-week/", views_week.own_week, name="own_week"),
    path("p/<slug:slug>/my-score/", views_score.own_score, name="own_score"),
    path("p/<slug:slug>/my-year/", views_week.own_year, name="own_year"),
    path("p/<slug:slug>/my-week/hide/", views_week.own_week_hide, name="own_week_hide"),
    path("p/<slug:slug>/my-week/show/", views_week.own_week_show, name="own_week_show"),
]
