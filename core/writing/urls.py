from django.urls import path

from core.writing import views

app_name = "writing"
urlpatterns = [
    path("writing/draft/", views.draft, name="draft"),
    path("writing/preview/", views.preview, name="preview"),
]
