from django.urls import path

from community.event_photos import views, views_reports

ALBUM = "p/<slug:slug>/events/<int:pk>/photos/"

urlpatterns = [
    path(ALBUM, views.event_photos, name="event_photos"),
    path(f"{ALBUM}new/", views.event_photo_new, name="event_photo_new"),
    path(f"{ALBUM}<int:number>/answer/", views.event_photo_answer, name="event_photo_answer"),
    path(f"{ALBUM}<int:number>/remove/", views.event_photo_remove, name="event_photo_remove"),
    path(f"{ALBUM}<int:number>/report/", views_reports.event_photo_report, name="event_photo_report"),
    path(f"{ALBUM}<int:number>/judge/", views_reports.event_photo_judge, name="event_photo_judge"),
]
