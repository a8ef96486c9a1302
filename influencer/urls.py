"""Every address of the site. Rooms list their own; the doors collect them per package."""

from django.urls import include, path

from core.kit.resolving import by_shape
from core.people.views import set_language

handler400 = "core.kit.refusals.refused"
handler404 = "core.kit.refusals.not_found"
handler500 = "influencer.health.outages.failed"
urlpatterns = by_shape(
    [
        path("", include("influencer.home.urls")),
        path("", include("influencer.health.urls")),
        path("", include("influencer.operate.urls")),
        path("", include("influencer.embedded.urls")),
        path("", include("influencer.webapp.urls")),
        path("", include("influencer.calendar.urls")),
        path("", include("core.urls")),
        path("", include("influencer.privacy.urls")),
        path("", include("programs.urls")),
        path("", include("community.urls")),
        path("", include("analytics.urls")),
        path("accounts/", include("allauth.urls")),
        path("language/", set_language, name="set_language"),
    ]
)
