from django.urls import path

from core.news import views, views_wishes

app_name = "news"
urlpatterns = [
    path("notifications/", views.inbox_list, name="inbox"),
    path("notifications/bell/", views.bell, name="bell"),
    path("notifications/read/", views.read_all, name="read_all"),
    path("notifications/pause/", views.pause, name="pause"),
    path("notifications/<int:pk>/read/", views.bundle_read, name="read"),
    path("notifications/<int:pk>/hush/", views.bundle_hush, name="hush"),
    path("notifications/<int:pk>/mute/", views.bundle_mute, name="mute"),
    path("notifications/address/", views.address, name="address"),
    path("notifications/settings/", views_wishes.settings, name="settings"),
    path("notifications/settings/preset/", views_wishes.settings_preset, name="settings_preset"),
    path("notifications/settings/undo/", views_wishes.settings_undo, name="settings_undo"),
    path("notifications/off/<str:token>/", views_wishes.off, name="off"),
]
