from django.urls import path

from core.lists import views

app_name = "lists"
urlpatterns = [
    path("lists/views/", views.view_save, name="view_save"),
    path("lists/views/<int:pk>/delete/", views.view_delete, name="view_delete"),
]
