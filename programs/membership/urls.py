from django.urls import path

from programs.membership import views

urlpatterns = [
    path("second-factor/", views.second_factor, name="second_factor"),
    path("p/<slug:slug>/contacts/", views.contacts, name="contacts"),
    path("p/<slug:slug>/settings/", views.program_settings, name="program_settings"),
    path("p/<slug:slug>/team/new/", views.member_new, name="member_new"),
    path("p/<slug:slug>/team/<int:pk>/", views.member_edit, name="member_edit"),
    path("p/<slug:slug>/team/<int:pk>/end/", views.member_end, name="member_end"),
    path("p/<slug:slug>/team/<int:pk>/welcome/", views.member_welcome, name="member_welcome"),
    path("p/<slug:slug>/team/<int:pk>/restore/", views.member_restore, name="member_restore"),
]
