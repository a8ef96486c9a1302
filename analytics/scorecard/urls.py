from django.urls import path

from analytics.scorecard import views, views_objectives

MAP, OBJECTIVES = "p/<slug:slug>/figures/strategy/", "p/<slug:slug>/figures/objectives/"

urlpatterns = [
    path(MAP, views.scorecard, name="scorecard"),
    path(f"{MAP}new/", views.aim_new, name="aim_new"),
    path(f"{MAP}<int:pk>/", views.aim_edit, name="aim_edit"),
    path(f"{MAP}<int:pk>/move/", views.aim_move, name="aim_move"),
    path(f"{MAP}<int:pk>/remove/", views.aim_remove, name="aim_remove"),
    path(f"{MAP}<int:pk>/restore/", views.aim_restore, name="aim_restore"),
    path(f"{MAP}<int:pk>/lines/", views.line_draw, name="line_draw"),
    path(f"{MAP}<int:pk>/lines/<int:goal>/", views.line_edit, name="line_edit"),
    path(f"{MAP}<int:pk>/lines/<int:goal>/remove/", views.line_remove, name="line_remove"),
    path(f"{MAP}<int:pk>/lines/<int:goal>/restore/", views.line_restore, name="line_restore"),
    path(OBJECTIVES, views_objectives.objectives, name="objectives"),
    path(f"{OBJECTIVES}new/", views_objectives.objective_new, name="objective_new"),
    path(f"{OBJECTIVES}copy/", views_objectives.objectives_copy, name="objectives_copy"),
    path(f"{OBJECTIVES}<int:pk>/", views_objectives.objective_edit, name="objective_edit"),
    path(f"{OBJECTIVES}<int:pk>/remove/", views_objectives.objective_remove, name="objective_remove"),
    path(f"{OBJECTIVES}<int:pk>/restore/", views_objectives.objective_restore, name="objective_restore"),
    path(f"{OBJECTIVES}<int:pk>/results/new/", views_objectives.key_result_new, name="key_result_new"),
    path(f"{OBJECTIVES}results/<int:pk>/", views_objectives.key_result_edit, name="key_result_edit"),
    path(f"{OBJECTIVES}results/<int:pk>/remove/", views_objectives.key_result_remove, name="key_result_remove"),
    path(f"{OBJECTIVES}results/<int:pk>/restore/", views_objectives.key_result_restore, name="key_result_restore"),
    path(f"{OBJECTIVES}results/<int:pk>/check-in/", views_objectives.check_in_new, name="check_in_new"),
    path(f"{OBJECTIVES}check-ins/<int:pk>/withdraw/", views_objectives.check_in_withdraw, name="check_in_withdraw"),
    path(f"{OBJECTIVES}check-ins/<int:pk>/restore/", views_objectives.check_in_restore, name="check_in_restore"),
]
