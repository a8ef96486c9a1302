from django.urls import path

from programs.generations import views, views_invitation, views_path, views_steps

urlpatterns = [
    path("p/<slug:slug>/people/", views.people, name="people"),
    path("p/<slug:slug>/people/new/", views.generation_new, name="generation_new"),
    path("p/<slug:slug>/people/<int:pk>/", views.generation_detail, name="generation_detail"),
    path("p/<slug:slug>/people/<int:pk>/invitations/", views.invitations, name="invitations"),
    path("p/<slug:slug>/people/<int:pk>/invitations/change/", views.invitations_change, name="invitations_change"),
    path("p/<slug:slug>/people/<int:pk>/steps/", views_steps.generation_steps, name="generation_steps"),
    path("p/<slug:slug>/people/<int:pk>/steps/new/", views_steps.step_new, name="step_new"),
    path("p/<slug:slug>/people/steps/<int:pk>/move/", views_steps.step_move, name="step_move"),
    path("p/<slug:slug>/people/steps/<int:pk>/", views_steps.step_edit, name="step_edit"),
    path("p/<slug:slug>/people/<int:pk>/invitations/restore/", views.invitations_restore, name="invitations_restore"),
    path("p/<slug:slug>/people/<int:pk>/edit/", views.generation_edit, name="generation_edit"),
    path("p/<slug:slug>/people/<int:pk>/close/", views.generation_close, name="generation_close"),
    path("p/<slug:slug>/people/<int:pk>/roster/", views.roster_new, name="roster_new"),
    path("p/<slug:slug>/people/rosters/<int:pk>/", views.roster_detail, name="roster_detail"),
    path("p/<slug:slug>/people/rosters/<int:pk>/apply/", views.roster_apply, name="roster_apply"),
    path("p/<slug:slug>/people/invitations/<int:pk>/resend/", views.invitation_resend, name="invitation_resend"),
    path("p/<slug:slug>/people/invitations/<int:pk>/revoke/", views.invitation_revoke, name="invitation_revoke"),
    path("invitation/<str:token>/", views_invitation.invitation, name="invitation"),
    path("invitation/<str:token>/answer/", views_invitation.invitation_answer, name="invitation_answer"),
    path("p/<slug:slug>/path/", views_path.path, name="path"),
    path("p/<slug:slug>/path/<int:pk>/done/", views_path.step_done, name="step_done"),
    path("p/<slug:slug>/path/<int:pk>/undo/", views_path.step_undo, name="step_undo"),
    path("p/<slug:slug>/participation/pause/", views_path.participation_pause, name="participation_pause"),
    path("p/<slug:slug>/participation/resume/", views_path.participation_resume, name="participation_resume"),
    path("p/<slug:slug>/participation/note.pdf", views_path.participation_note, name="participation_note"),
    path("p/<slug:slug>/participation/leave/", views_path.participation_leave, name="participation_leave"),
]
