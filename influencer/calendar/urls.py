from django.urls import path

from influencer.calendar import views

app_name = "calendar"
urlpatterns = [
    path("me/calendar/", views.my_calendar, name="my_calendar"),
    path("me/calendar/renew/", views.address_renew, name="address_renew"),
    path("me/calendar/revoke/", views.address_revoke, name="address_revoke"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
]
