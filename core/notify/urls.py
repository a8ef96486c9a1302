from django.urls import path

from core.notify import views

app_name = "notify"
urlpatterns = [
    path("mail/events/<str:secret>/", views.events, name="events"),
]
