from django.urls import path

from analytics.activities import views, views_archives

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
]
