from django.urls import path

from programs.checklists import asking_views as asking
from programs.checklists import batch_views as batches
from programs.checklists import fields_views as fields
from programs.checklists import gate_views as gates
from programs.checklists import item_views as items
from programs.checklists import moving_views as moving
from programs.checklists import parts_views as parts
from programs.checklists import views

urlpatterns = [
    path("p/<slug:slug>/timeline/", views.timeline, name="timeline"),
    path("p/<slug:slug>/phases/new/", parts.phase_new, name="phase_new"),
    path("p/<slug:slug>/phases/<int:pk>/split/", parts.phase_split, name="phase_split"),
    path("p/<slug:slug>/phases/<int:pk>/join/", parts.phase_join, name="phase_join"),
    path("p/<slug:slug>/phases/<int:pk>/remove/", parts.phase_remove, name="phase_remove"),
    path("p/<slug:slug>/phases/removed/<int:pk>/restore/", parts.phase_restore, name="phase_restore"),
    path("p/<slug:slug>/phases/<int:pk>/", views.phase_detail, name="phase_detail"),
    path("p/<slug:slug>/phases/<int:pk>/move/", moving.phase_move, name="phase_move"),
    path("p/<slug:slug>/phases/<int:pk>/move/back/", moving.phase_move_back, name="phase_move_back"),
    path("p/<slug:slug>/phases/<int:pk>/finish/", gates.phase_finish, name="phase_finish"),
    path("p/<slug:slug>/phases/<int:pk>/edit/", views.phase_edit, name="phase_edit"),
    path("p/<slug:slug>/phases/<int:pk>/items/new/", items.item_new, name="item_new"),
    path("p/<slug:slug>/checklists/", views.checklists, name="checklists"),
    path("p/<slug:slug>/checklists/board/", views.checklist_board, name="checklist_board"),
    path("p/<slug:slug>/checklists/fields/", fields.item_fields, name="item_fields"),
    path("p/<slug:slug>/checklists/fields/new/", fields.item_field_new, name="item_field_new"),
    path("p/<slug:slug>/checklists/fields/<int:pk>/", fields.item_field_edit, name="item_field_edit"),
    path("p/<slug:slug>/checklists/fields/<int:pk>/delete/", fields.item_field_delete, name="item_field_delete"),
    path("p/<slug:slug>/checklists/fields/<int:pk>/restore/", fields.item_field_restore, name="item_field_restore"),
    path("p/<slug:slug>/items/<int:pk>/fields/", fields.item_values, name="item_values"),
    path("p/<slug:slug>/items/<int:pk>/own/<slug:key>/", fields.item_own_cell, name="item_own_cell"),
    path("p/<slug:slug>/items/add/", batches.item_add, name="item_add"),
    path("p/<slug:slug>/items/change/", batches.items_change, name="items_change"),
    path("p/<slug:slug>/items/changes/<int:pk>/undo/", batches.batch_undo, name="batch_undo"),
    path("p/<slug:slug>/items/<int:pk>/cell/<slug:name>/", batches.item_cell, name="item_cell"),
    path("p/<slug:slug>/items/<int:pk>/", items.item_detail, name="item_detail"),
    path("p/<slug:slug>/items/<int:pk>/edit/", items.item_edit, name="item_edit"),
    path("p/<slug:slug>/items/<int:pk>/tick/", items.item_tick, name="item_tick"),
    path("p/<slug:slug>/items/<int:pk>/untick/", items.item_untick, name="item_untick"),
    path("p/<slug:slug>/items/<int:pk>/not-applicable/", items.item_na, name="item_na"),
    path("p/<slug:slug>/items/<int:pk>/delete/", items.item_delete, name="item_delete"),
    path("p/<slug:slug>/items/<int:pk>/restore/", items.item_restore, name="item_restore"),
    path("p/<slug:slug>/items/<int:pk>/evidence/", items.evidence_add, name="evidence_add"),
    path("p/<slug:slug>/items/<int:pk>/how-well/", asking.item_score, name="item_score"),
    path("p/<slug:slug>/how-well/<int:pk>/delete/", asking.score_delete, name="score_delete"),
    path("p/<slug:slug>/how-well/<int:pk>/restore/", asking.score_restore, name="score_restore"),
    path("p/<slug:slug>/evidence/<int:pk>/", items.evidence_file, name="evidence_file"),
    path("p/<slug:slug>/evidence/<int:pk>/delete/", items.evidence_delete, name="evidence_delete"),
    path("p/<slug:slug>/evidence/<int:pk>/restore/", items.evidence_restore, name="evidence_restore"),
]
