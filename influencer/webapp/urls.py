from django.urls import path

from influencer.webapp import views

app_name = "webapp"
urlpatterns = [
    path("app.webmanifest", views.manifest, name="manifest"),
    path("worker.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("offline/unsent/", views.unsent, name="unsent"),
    path("share/", views.share, name="share"),
]
