from django.urls import path

from community.events import views, views_after, views_calendar, views_feedback, views_guests, views_hosts, views_series

urlpatterns = [
    path("p/<slug:slug>/events/", views.events, name="events"),
    path("p/<slug:slug>/events/month/", views_calendar.events_month, name="events_month"),
    path("p/<slug:slug>/events/week/", views_calendar.events_week, name="events_week"),
    path("p/<slug:slug>/events/new/", views_hosts.event_new, name="event_new"),
    path("p/<slug:slug>/events/attended/", views_after.events_attended, name="events_attended"),
    path("p/<slug:slug>/events/<int:pk>/", views.event_detail, name="event_detail"),
    path("p/<slug:slug>/events/<int:pk>/answer/", views.event_answer, name="event_answer"),
    path("p/<slug:slug>/events/<int:pk>/series/answer/", views_series.event_series_answer, name="event_series_answer"),
    path("p/<slug:slug>/events/<int:pk>/shown/", views.event_shown, name="event_shown"),
    path("p/<slug:slug>/events/<int:pk>/event.ics", views.event_file, name="event_file"),
    path("p/<slug:slug>/events/<int:pk>/here/", views_after.event_here, name="event_here"),
    path("p/<slug:slug>/events/<int:pk>/attended/", views_after.event_attended, name="event_attended"),
    path("p/<slug:slug>/events/<int:pk>/named/", views_after.event_named, name="event_named"),
    path("p/<slug:slug>/events/<int:pk>/wall/", views_after.event_wall, name="event_wall"),
    path("p/<slug:slug>/events/<int:pk>/after/", views_after.event_after, name="event_after"),
    path("p/<slug:slug>/events/<int:pk>/feedback/", views_feedback.event_feedback, name="event_feedback"),
    path("p/<slug:slug>/events/<int:pk>/feedback/end/", views_feedback.event_feedback_end, name="event_feedback_end"),
    path("p/<slug:slug>/events/<int:pk>/follow-up/", views_feedback.event_follow_up, name="event_follow_up"),
    path("p/<slug:slug>/events/<int:pk>/follow-up/send/", views_feedback.event_told, name="event_told"),
    path("p/<slug:slug>/events/<int:pk>/edit/", views_hosts.event_edit, name="event_edit"),
    path("p/<slug:slug>/events/<int:pk>/announce/", views_hosts.event_announce, name="event_announce"),
    path("p/<slug:slug>/events/<int:pk>/cancel/", views_hosts.event_cancel, name="event_cancel"),
    path("p/<slug:slug>/events/<int:pk>/reopen/", views_hosts.event_reopen, name="event_reopen"),
    path("p/<slug:slug>/events/<int:pk>/guests/", views_guests.event_guests, name="event_guests"),
    path("p/<slug:slug>/events/<int:pk>/guests/invite/", views_guests.event_guests_invite, name="event_guests_invite"),
    path(
        "p/<slug:slug>/events/<int:pk>/guests/<int:guest>/remove/",
        views_guests.event_guest_remove,
        name="event_guest_remove",
    ),
    path(
        "p/<slug:slug>/events/<int:pk>/guests/<int:guest>/restore/",
        views_guests.event_guest_restore,
        name="event_guest_restore",
    ),
    path("p/<slug:slug>/events/<int:pk>/alumni/", views_guests.event_alumni, name="event_alumni"),
    # without an account
    path("guest/<str:token>/", views_guests.guest, name="guest"),
    path("guest/<str:token>/answer/", views_guests.guest_answer, name="guest_answer"),
    path("guest/<str:token>/event.ics", views_guests.guest_file, name="guest_file"),
    path("guest/<str:token>/forget/", views_guests.guest_forget, name="guest_forget"),
]
