from django.urls import path

from analytics.benefits import views

urlpatterns = [
    path("p/<slug:slug>/successes/", views.benefits, name="benefits"),
    path("p/<slug:slug>/successes/mine/", views.benefits_mine, name="benefits_mine"),
    path("p/<slug:slug>/successes/mine/new/", views.benefit_new, name="benefit_new"),
    path("p/<slug:slug>/successes/mine/<int:pk>/withdraw/", views.benefit_withdraw, name="benefit_withdraw"),
    path("p/<slug:slug>/successes/mine/<int:pk>/restore/", views.benefit_restore, name="benefit_restore"),
]
