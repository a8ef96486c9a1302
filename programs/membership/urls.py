from django.urls import path

from programs.membership import views, views_guests, views_handing_over, views_logo, views_team

urlpatterns = [
    path("second-factor/", views.second_factor, name="second_factor"),
    path("p/<slug:slug>/contacts/", views.contacts, name="contacts"),
    path("p/<slug:slug>/settings/", views.program_settings, name="program_settings"),
    path("p/<slug:slug>/settings/logo/", views_logo.logo, name="logo"),
    path("p/<slug:slug>/team/new/", views.member_new, name="member_new"),
    path("p/<slug:slug>/team/guest/", views_guests.guest_new, name="guest_new"),
    path("team/<str:token>/", views_team.team_invitation, name="team_invitation"),
    path("p/<slug:slug>/team/invitations/<int:pk>/agree/", views_team.team_agree, name="team_agree"),
    path("p/<slug:slug>/team/invitations/<int:pk>/withdraw/", views_team.team_withdraw, name="team_withdraw"),
    path("p/<slug:slug>/team/invitations/<int:pk>/restore/", views_team.team_restore, name="team_restore"),
    path("p/<slug:slug>/team/<int:pk>/", views.member_edit, name="member_edit"),
    path("p/<slug:slug>/team/<int:pk>/end/", views.member_end, name="member_end"),
    path("p/<slug:slug>/team/<int:pk>/welcome/", views.member_welcome, name="member_welcome"),
    path("p/<slug:slug>/team/<int:pk>/restore/", views.member_restore, name="member_restore"),
    path("p/<slug:slug>/hand-over/", views_handing_over.hand_over, name="hand_over"),
    path("p/<slug:slug>/hand-over/undo/", views_handing_over.hand_over_undo, name="hand_over_undo"),
]
