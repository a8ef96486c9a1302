from django.urls import path

from influencer.privacy import views, views_account

app_name = "privacy"
urlpatterns = [
    path("me/export/", views.export, name="export"),
    path("me/delete/", views_account.account_delete, name="account_delete"),
    path("me/leaving/", views_account.account_leaving, name="account_leaving"),
    path("me/stay/", views_account.account_stay, name="account_stay"),
    path("account-deleted/", views_account.account_asked, name="account_asked"),
    path("keep-account/<str:token>/", views_account.account_keep, name="account_keep"),
    path("my-rights/", views.left, name="left"),
    path("p/<slug:slug>/privacy/", views.mine, name="mine"),
    path("p/<slug:slug>/council/", views.council, name="council"),
    path("p/<slug:slug>/council/figures/", views.decisions, name="decisions"),
    path("p/<slug:slug>/council/figures/history/", views.decisions_past, name="decisions_past"),
    path("p/<slug:slug>/council/log/", views.log, name="log"),
]
