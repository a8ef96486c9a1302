from django.urls import path

from core.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("people/find/<slug:kind>/<int:target>/", views.find, name="find"),
    path("me/sign-ins/<slug:mark>/end/", views.sign_in_end, name="sign_in_end"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
]
