from django.urls import path

from core.push import views

app_name = "push"
urlpatterns = [
    path("notifications/devices/", views.device_add, name="device_add"),
    path("notifications/devices/<int:pk>/off/", views.device_off, name="device_off"),
]
