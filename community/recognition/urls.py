from django.urls import path

from community.recognition import views

urlpatterns = [
    path("p/<slug:slug>/thanks/", views.thanks, name="thanks"),
    path("p/<slug:slug>/thanks/new/", views.kudos_new, name="kudos_new"),
    path("p/<slug:slug>/thanks/<int:pk>/show/", views.kudos_show, name="kudos_show"),
    path("p/<slug:slug>/thanks/<int:pk>/take-back/", views.kudos_take_back, name="kudos_take_back"),
    path("p/<slug:slug>/thanks/<int:pk>/restore/", views.kudos_restore, name="kudos_restore"),
    path("p/<slug:slug>/portrait/", views.portrait, name="portrait"),
    path("p/<slug:slug>/portrait/new/", views.portrait_new, name="portrait_new"),
    path("p/<slug:slug>/portrait/<int:pk>/take-back/", views.portrait_take_back, name="portrait_take_back"),
    path("p/<slug:slug>/portrait/<int:pk>/restore/", views.portrait_restore, name="portrait_restore"),
]
