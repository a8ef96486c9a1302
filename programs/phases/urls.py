from django.urls import path

from programs.phases import views, views_baseline

urlpatterns = [
    path("p/<slug:slug>/phases/<int:pk>/start/", views.phase_start, name="phase_start"),
    path("p/<slug:slug>/phases/<int:pk>/reopen/", views.phase_reopen, name="phase_reopen"),
    path("p/<slug:slug>/phases/<int:pk>/skip/", views.phase_skip, name="phase_skip"),
    path("p/<slug:slug>/baselines/freeze/", views_baseline.baseline_freeze, name="baseline_freeze"),
    path("p/<slug:slug>/baselines/<int:pk>/delete/", views_baseline.baseline_delete, name="baseline_delete"),
    path("p/<slug:slug>/baselines/<int:pk>/restore/", views_baseline.baseline_restore, name="baseline_restore"),
    path("p/<slug:slug>/dates.ics", views.dates_file, name="dates_file"),
    path("p/<slug:slug>/milestones/new/", views.milestone_new, name="milestone_new"),
    path("p/<slug:slug>/milestones/<int:pk>/", views.milestone_edit, name="milestone_edit"),
    path("p/<slug:slug>/milestones/<int:pk>/delete/", views.milestone_delete, name="milestone_delete"),
    path("p/<slug:slug>/milestones/<int:pk>/restore/", views.milestone_restore, name="milestone_restore"),
]
