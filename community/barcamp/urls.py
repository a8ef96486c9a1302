from django.urls import path

from community.barcamp import views, views_hosts, views_setup

BOARD = "p/<slug:slug>/events/<int:pk>/barcamp/"

urlpatterns = [
    path(BOARD, views.barcamp, name="barcamp"),
    path(f"{BOARD}live/", views.barcamp_live, name="barcamp_live"),
    path(f"{BOARD}propose/", views.barcamp_proposal_new, name="barcamp_proposal_new"),
    path(f"{BOARD}proposals/<int:number>/", views.barcamp_proposal_edit, name="barcamp_proposal_edit"),
    path(f"{BOARD}proposals/<int:number>/withdraw/", views.barcamp_proposal_withdraw, name="barcamp_proposal_withdraw"),
    path(f"{BOARD}proposals/<int:number>/vote/", views.barcamp_vote, name="barcamp_vote"),
    path(f"{BOARD}proposals/<int:number>/lead/", views.barcamp_lead, name="barcamp_lead"),
    path(f"{BOARD}plan/<int:room>/<int:slot>/", views_hosts.barcamp_cell, name="barcamp_cell"),
    path(f"{BOARD}plan/undo/", views_hosts.barcamp_place_undo, name="barcamp_place_undo"),
    path(f"{BOARD}voting/end/", views_hosts.barcamp_voting_end, name="barcamp_voting_end"),
    path(f"{BOARD}board.md", views_hosts.barcamp_file, name="barcamp_file"),
    path(f"{BOARD}rooms/", views_setup.barcamp_setup, name="barcamp_setup"),
    path(f"{BOARD}rooms/new/", views_setup.barcamp_room_new, name="barcamp_room_new"),
    path(f"{BOARD}rooms/<int:number>/", views_setup.barcamp_room_edit, name="barcamp_room_edit"),
    path(f"{BOARD}rooms/<int:number>/remove/", views_setup.barcamp_room_remove, name="barcamp_room_remove"),
    path(f"{BOARD}slots/new/", views_setup.barcamp_slot_new, name="barcamp_slot_new"),
    path(f"{BOARD}slots/<int:number>/", views_setup.barcamp_slot_edit, name="barcamp_slot_edit"),
    path(f"{BOARD}slots/<int:number>/remove/", views_setup.barcamp_slot_remove, name="barcamp_slot_remove"),
]
