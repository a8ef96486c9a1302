"""Door: the addresses of the rooms."""

from django.urls import include, path

app_name = "programs"
urlpatterns = [
    path("", include("programs.membership.urls")),
    path("", include("programs.chats.urls")),
    path("", include("programs.phases.urls")),
    path("", include("programs.checklists.urls")),
    path("", include("programs.generations.urls")),
    path("", include("programs.consents.urls")),
    path("", include("programs.directory.urls")),
    path("", include("programs.handbook.urls")),
    path("", include("programs.reviews.urls")),
    path("", include("programs.guidelines.urls")),
    path("", include("programs.support.urls")),
    path("", include("programs.casting.urls")),
    path("", include("programs.mentors.urls")),
    path("", include("programs.alumni.urls")),
    path("", include("programs.charter.urls")),
    path("", include("programs.guide.urls")),
    path("", include("programs.library.urls")),
    path("", include("programs.readiness.urls")),
    path("", include("programs.leitbild.urls")),
]
