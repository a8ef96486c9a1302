from django.urls import path

from community.world_cafe import views, views_setup

CAFE = "p/<slug:slug>/events/<int:pk>/cafe/"

urlpatterns = [
    path(CAFE, views.cafe, name="cafe"),
    path(f"{CAFE}live/", views.cafe_live, name="cafe_live"),
    path(f"{CAFE}tables/<int:number>/note/", views.cafe_note_new, name="cafe_note_new"),
    path(f"{CAFE}notes/<int:number>/remove/", views.cafe_note_remove, name="cafe_note_remove"),
    path(f"{CAFE}notes.md", views_setup.cafe_file, name="cafe_file"),
    path(f"{CAFE}handbook/", views_setup.cafe_to_handbook, name="cafe_to_handbook"),
    path(f"{CAFE}cards/", views_setup.cafe_cards, name="cafe_cards"),
    path(f"{CAFE}setup/", views_setup.cafe_setup, name="cafe_setup"),
    path(f"{CAFE}tables/new/", views_setup.cafe_table_new, name="cafe_table_new"),
    path(f"{CAFE}tables/<int:number>/", views_setup.cafe_table_edit, name="cafe_table_edit"),
    path(f"{CAFE}tables/<int:number>/remove/", views_setup.cafe_table_remove, name="cafe_table_remove"),
]
