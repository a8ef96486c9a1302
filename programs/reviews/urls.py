from django.urls import path

from programs.reviews import views, views_record

ONE = "p/<slug:slug>/reviews/<int:pk>/"
FINDING = "p/<slug:slug>/reviews/findings/<int:pk>/"
ACTION = "p/<slug:slug>/reviews/actions/<int:pk>/"

urlpatterns = [
    path("p/<slug:slug>/reviews/", views.reviews, name="reviews"),
    path("p/<slug:slug>/reviews/new/", views.review_new, name="review_new"),
    path("p/<slug:slug>/reviews/dates/<int:pk>/", views.review_of_date, name="review_of_date"),
    path(ONE, views.review_detail, name="review_detail"),
    path(f"{ONE}wall/", views.review_wall, name="review_wall"),
    path(f"{ONE}minutes.<str:kind>", views.review_minutes, name="review_minutes"),
    path(f"{ONE}close/", views.review_close, name="review_close"),
    path(f"{ONE}reopen/", views.review_reopen, name="review_reopen"),
    path(f"{ONE}delete/", views.review_delete, name="review_delete"),
    path(f"{ONE}restore/", views.review_restore, name="review_restore"),
    path(f"{ONE}end/", views_record.review_end, name="review_end"),
    path(f"{ONE}points/<slug:key>/", views_record.review_point, name="review_point"),
    path(f"{ONE}agenda/<int:item>/off/", views_record.topic_off, name="review_topic_off"),
    path(f"{ONE}agenda/<int:item>/on/", views_record.topic_on, name="review_topic_on"),
    path(f"{ONE}findings/add/", views_record.finding_add, name="finding_add"),
    path(f"{ONE}actions/add/", views_record.review_action_add, name="review_action_add"),
    path(f"{FINDING}delete/", views_record.finding_delete, name="finding_delete"),
    path(f"{FINDING}lesson/", views_record.finding_keep, name="finding_keep"),
    path(f"{FINDING}restore/", views_record.finding_restore, name="finding_restore"),
    path(ACTION, views_record.review_action_edit, name="review_action_edit"),
    path(f"{ACTION}tick/", views_record.review_action_tick, name="review_action_tick"),
    path(f"{ACTION}delete/", views_record.review_action_delete, name="review_action_delete"),
    path(f"{ACTION}restore/", views_record.review_action_restore, name="review_action_restore"),
]
