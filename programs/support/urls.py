from django.urls import path

from programs.support import views

urlpatterns = [
    path("p/<slug:slug>/help/", views.help_now, name="help_now"),
    path("p/<slug:slug>/support/", views.support, name="support"),
    path("p/<slug:slug>/support/new/", views.helper_new, name="helper_new"),
    path("p/<slug:slug>/support/<int:pk>/", views.helper_edit, name="helper_edit"),
    path("p/<slug:slug>/support/<int:pk>/delete/", views.helper_delete, name="helper_delete"),
    path("p/<slug:slug>/support/<int:pk>/restore/", views.helper_restore, name="helper_restore"),
]
