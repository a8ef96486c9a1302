from django.urls import path

from core.comments import views

app_name = "comments"
urlpatterns = [
    path("comments/<slug:kind>/<int:target>/", views.thread, name="thread"),
    path("comments/<slug:kind>/<int:target>/add/", views.comment_add, name="comment_add"),
    path("comments/<uuid:pk>/", views.comment, name="comment"),
    path("comments/<uuid:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<uuid:pk>/delete/", views.comment_delete, name="comment_delete"),
    path("comments/<uuid:pk>/restore/", views.comment_restore, name="comment_restore"),
]
