"""Door: the addresses of the rooms."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.writing.urls")),
    path("", include("core.comments.urls")),
    path("", include("core.attachments.urls")),
    path("", include("core.lists.urls")),
    path("", include("core.news.urls")),
    path("", include("core.notify.urls")),
    path("", include("core.people.urls")),
    path("", include("core.push.urls")),
]
