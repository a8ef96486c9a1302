"""Door: the addresses of the rooms."""

from django.urls import include, path

app_name = "analytics"
urlpatterns = [
    path("", include("analytics.activities.urls")),
    path("", include("analytics.imports.urls")),
    path("", include("analytics.connectors.urls")),
    path("", include("analytics.dashboards.urls")),
    path("", include("analytics.annotations.urls")),
    path("", include("analytics.kpis.urls")),
    path("", include("analytics.benefits.urls")),
    path("", include("analytics.reports.urls")),
    path("", include("analytics.scorecard.urls")),
    path("", include("analytics.listening.urls")),
    path("", include("analytics.portfolio.urls")),
]
