from django.urls import path

from programs.directory import views

urlpatterns = [
    path("p/<slug:slug>/directory/", views.directory, name="directory"),
    path("p/<slug:slug>/directory/me/", views.profile_edit, name="profile_edit"),
    path("p/<slug:slug>/directory/<int:pk>/", views.person, name="person"),
    path("p/<slug:slug>/directory/<int:pk>/card/", views.person_card, name="person_card"),
]
