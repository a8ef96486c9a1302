from django.urls import path

from community.office_hours import views, views_help, views_hosts

HOURS = "p/<slug:slug>/hours/"
urlpatterns = [
    path(HOURS, views.office_hours, name="office_hours"),
    path(f"{HOURS}wait/", views.hours_wait, name="hours_wait"),
    path(f"{HOURS}help/", views_help.hours_help, name="hours_help"),
    path(f"{HOURS}help/end/", views_help.hours_help_end, name="hours_help_end"),
    path(f"{HOURS}<int:pk>/", views.booking_detail, name="booking_detail"),
    path(f"{HOURS}<int:pk>/cancel/", views.booking_cancel, name="booking_cancel"),
    path(f"{HOURS}<int:pk>/again/", views.booking_again, name="booking_again"),
    path(f"{HOURS}<int:pk>/about/", views.booking_question, name="booking_question"),
    path(f"{HOURS}<int:pk>/calendar/", views.booking_calendar, name="booking_calendar"),
    path(f"{HOURS}mine/", views_hosts.hours_day, name="hours_day"),
    path(f"{HOURS}mine/rules/", views_hosts.hours_settings, name="hours_settings"),
    path(f"{HOURS}mine/week/new/", views_hosts.hours_window_new, name="hours_window_new"),
    path(f"{HOURS}mine/week/<int:pk>/remove/", views_hosts.hours_window_remove, name="hours_window_remove"),
    path(f"{HOURS}mine/days/new/", views_hosts.hours_special_new, name="hours_special_new"),
    path(f"{HOURS}mine/days/<int:pk>/remove/", views_hosts.hours_special_remove, name="hours_special_remove"),
    path(f"{HOURS}mine/calendar/", views_hosts.hours_calendar, name="hours_calendar"),
    path(f"{HOURS}mine/calendar/end/", views_hosts.hours_calendar_end, name="hours_calendar_end"),
    path(f"{HOURS}mine/away/", views_hosts.hours_away, name="hours_away"),
    path(f"{HOURS}mine/away/<int:pk>/back/", views_hosts.hours_back, name="hours_back"),
]
