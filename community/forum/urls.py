from django.urls import path

from community.forum import views, views_arranging, views_hosts, views_posts

urlpatterns = [
    path("p/<slug:slug>/forum/", views.forum, name="forum"),
    path("p/<slug:slug>/forum/open/", views.forum_open, name="forum_open"),
    path("p/<slug:slug>/forum/read/", views.forum_read, name="forum_read"),
    path("p/<slug:slug>/forum/new/", views.topic_new, name="topic_new"),
    path("p/<slug:slug>/forum/<int:pk>/", views.topic_detail, name="topic_detail"),
    path("p/<slug:slug>/forum/<int:pk>/seen/", views.topic_seen, name="topic_seen"),
    path("p/<slug:slug>/forum/<int:pk>/answer/", views.post_add, name="post_add"),
    path("p/<slug:slug>/forum/<int:pk>/follow/", views.topic_follow, name="topic_follow"),
    path("p/<slug:slug>/forum/posts/<int:pk>/", views.post_read, name="post_read"),
    path("p/<slug:slug>/forum/posts/<int:pk>/mark/", views.post_mark, name="post_mark"),
    path("p/<slug:slug>/forum/posts/<int:pk>/unmark/", views.post_unmark, name="post_unmark"),
    path("p/<slug:slug>/forum/posts/<int:pk>/edit/", views_posts.post_edit, name="post_edit"),
    path("p/<slug:slug>/forum/posts/<int:pk>/edit/undo/", views_posts.post_edit_undo, name="post_edit_undo"),
    path("p/<slug:slug>/forum/posts/<int:pk>/versions/", views_posts.post_versions, name="post_versions"),
    path("p/<slug:slug>/forum/posts/<int:pk>/delete/", views_posts.post_delete, name="post_delete"),
    path("p/<slug:slug>/forum/posts/<int:pk>/remove/", views_arranging.post_remove, name="post_remove"),
    path("p/<slug:slug>/forum/posts/<int:pk>/restore/", views_posts.post_restore, name="post_restore"),
    path("p/<slug:slug>/forum/posts/<int:pk>/react/", views_posts.post_react, name="post_react"),
    path("p/<slug:slug>/forum/posts/<int:pk>/report/", views_posts.post_report, name="post_report"),
    path("p/<slug:slug>/forum/posts/<int:pk>/decide/", views_hosts.report_decide, name="report_decide"),
    path("p/<slug:slug>/forum/<int:pk>/tidy/", views_hosts.topic_tidy, name="topic_tidy"),
    path("p/<slug:slug>/forum/<int:pk>/split/", views_arranging.topic_split, name="topic_split"),
    path("p/<slug:slug>/forum/<int:pk>/merge/", views_arranging.topic_merge, name="topic_merge"),
    path("p/<slug:slug>/forum/<int:pk>/remove/", views_arranging.topic_remove, name="topic_remove"),
    path("p/<slug:slug>/forum/moved/<int:pk>/undo/", views_arranging.rearrangement_undo, name="rearrangement_undo"),
    path("p/<slug:slug>/forum/settings/", views.forum_settings, name="forum_settings"),
    path("p/<slug:slug>/forum/host/", views_hosts.forum_host, name="forum_host"),
]
