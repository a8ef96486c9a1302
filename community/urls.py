"""Door: the addresses of the rooms."""

from django.urls import include, path

app_name = "community"
urlpatterns = [
    path("", include("community.events.urls")),
    path("", include("community.barcamp.urls")),
    path("", include("community.world_cafe.urls")),
    path("", include("community.event_photos.urls")),
    path("", include("community.forum.urls")),
    path("", include("community.newsletters.urls")),
    path("", include("community.journeys.urls")),
    path("", include("community.office_hours.urls")),
    path("", include("community.pulses.urls")),
    path("", include("community.recognition.urls")),
]
