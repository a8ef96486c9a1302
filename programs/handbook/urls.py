from django.urls import path

from programs.handbook import views, views_decisions, views_files, views_guests, views_writing

HERE = "p/<slug:slug>/handbook/"
PAGE = f"{HERE}<int:pk>/"
DECISION = f"{HERE}decisions/<int:pk>/"

urlpatterns = [
    path(HERE, views.handbook, name="handbook"),
    path(f"{HERE}start/", views_writing.handbook_start, name="handbook_start"),
    path(f"{HERE}file/", views.handbook_file, name="handbook_file"),
    path(f"{HERE}new/", views_writing.handbook_page_new, name="handbook_page_new"),
    path(f"{HERE}decisions/", views_decisions.decisions, name="decisions"),
    path(f"{HERE}decisions/new/", views_decisions.decision_new, name="decision_new"),
    path(f"{DECISION}edit/", views_decisions.decision_edit, name="decision_edit"),
    path(f"{DECISION}delete/", views_decisions.decision_delete, name="decision_delete"),
    path(f"{DECISION}restore/", views_decisions.decision_restore, name="decision_restore"),
    path(PAGE, views.handbook_page, name="handbook_page"),
    path(f"{PAGE}versions/", views.handbook_versions, name="handbook_versions"),
    path(f"{PAGE}edit/", views_writing.handbook_page_edit, name="handbook_page_edit"),
    path(f"{PAGE}arrange/", views_writing.handbook_page_arrange, name="handbook_page_arrange"),
    path(f"{PAGE}move/", views_writing.handbook_page_move, name="handbook_page_move"),
    path(f"{PAGE}approve/", views_writing.handbook_page_approve, name="handbook_page_approve"),
    path(f"{PAGE}unapprove/", views_writing.handbook_page_unapprove, name="handbook_page_unapprove"),
    path(f"{PAGE}publish/", views_writing.handbook_page_publish, name="handbook_page_publish"),
    path(f"{PAGE}unpublish/", views_writing.handbook_page_unpublish, name="handbook_page_unpublish"),
    path(f"{PAGE}files/", views_files.handbook_page_files, name="handbook_page_files"),
    path(f"{PAGE}guests/", views_guests.handbook_for_guests, name="handbook_for_guests"),
    path(f"{PAGE}guests/show/", views_guests.handbook_show_guests, name="handbook_show_guests"),
    path(f"{PAGE}guests/hide/", views_guests.handbook_hide_guests, name="handbook_hide_guests"),
    path(f"{PAGE}delete/", views_writing.handbook_page_delete, name="handbook_page_delete"),
    path(f"{PAGE}restore/", views_writing.handbook_page_restore, name="handbook_page_restore"),
    path(f"{PAGE}versions/<int:number>/again/", views_writing.handbook_version_again, name="handbook_version_again"),
]
