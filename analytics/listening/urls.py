from django.urls import path

from analytics.listening import views, views_mentions

urlpatterns = [
    path("p/<slug:slug>/listening/", views.listening, name="listening"),
    path("p/<slug:slug>/listening/feeds/new/", views.listening_search_new, name="listening_search_new"),
    path(
        "p/<slug:slug>/listening/feeds/<int:pk>/remove/",
        views.listening_search_remove,
        name="listening_search_remove",
    ),
    path(
        "p/<slug:slug>/listening/feeds/<int:pk>/restore/",
        views.listening_search_restore,
        name="listening_search_restore",
    ),
    path("p/<slug:slug>/listening/companies/new/", views.listening_name_new, name="listening_name_new"),
    path(
        "p/<slug:slug>/listening/companies/<int:pk>/remove/", views.listening_name_remove, name="listening_name_remove"
    ),
    path(
        "p/<slug:slug>/listening/companies/<int:pk>/restore/",
        views.listening_name_restore,
        name="listening_name_restore",
    ),
    path("p/<slug:slug>/listening/mentions/", views_mentions.mentions, name="mentions"),
    path("p/<slug:slug>/listening/mentions/file/", views.mentions_import, name="mentions_import"),
    path("p/<slug:slug>/listening/mentions/<int:pk>/", views_mentions.mention_edit, name="mention_edit"),
    path("p/<slug:slug>/listening/mentions/<int:pk>/tone/", views_mentions.mention_tone, name="mention_tone"),
    path("p/<slug:slug>/listening/mentions/<int:pk>/remove/", views_mentions.mention_remove, name="mention_remove"),
    path("p/<slug:slug>/listening/mentions/<int:pk>/restore/", views_mentions.mention_restore, name="mention_restore"),
]
