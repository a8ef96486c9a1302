"""Door: the addresses of the rooms."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.attachments.urls")),
    path("", include("core.people.urls")),
]
