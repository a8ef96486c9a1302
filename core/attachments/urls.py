from django.urls import path

from core.attachments import views

app_name = "attachments"
urlpatterns = [
    path("files/picture/<slug:kind>/<int:target>/", views.picture_add, name="picture_add"),
    path("files/any/<slug:kind>/<int:target>/", views.file_add, name="file_add"),
    path("files/<uuid:pk>/", views.file, name="file"),
    path("files/<uuid:pk>/thumbnail/", views.thumbnail, name="thumbnail"),
    path("files/<uuid:pk>/delete/", views.attachment_delete, name="attachment_delete"),
    path("files/<uuid:pk>/restore/", views.attachment_restore, name="attachment_restore"),
    path("files/<uuid:pk>/<str:key>/", views.public_picture, name="public_picture"),
]
