from django.urls import path

from community.forum import views

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
]
