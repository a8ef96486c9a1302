from django.urls import path

from core.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("people/find/<slug:kind>/<int:target>/", views.find, name="find"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
]
