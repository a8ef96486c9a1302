from django.urls import path

from influencer.embedded import views, views_kit

app_name = "embedded"
urlpatterns = [
    path("dev/kit/", views_kit.kit, name="kit"),
    path("dev/kit/<slug:theme>/", views_kit.kit_acting, name="kit_acting"),
    path("dev/inbox/", views.inbox, name="inbox"),
    path("dev/inbox/<str:name>/", views.inbox_mail, name="inbox_mail"),
    path("dev/inbox/<str:name>/html", views.inbox_html, name="inbox_html"),
]
