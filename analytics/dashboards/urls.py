from django.urls import path

from analytics.dashboards import views, views_catalogue, views_cost, views_own, views_picture

urlpatterns = [
    path("p/<slug:slug>/figures/", views.dashboard, name="dashboard"),
    path("p/<slug:slug>/figures/export/", views.dashboard_export, name="dashboard_export"),
    path("p/<slug:slug>/figures/cost/", views_cost.costs, name="costs"),
    path("p/<slug:slug>/figures/cost/<int:pk>/remove/", views_cost.spend_remove, name="spend_remove"),
    path("p/<slug:slug>/figures/cost/<int:pk>/restore/", views_cost.spend_restore, name="spend_restore"),
    path("p/<slug:slug>/figures/equivalent/", views_cost.equivalent, name="equivalent"),
    path("p/<slug:slug>/figures/catalogue/", views_catalogue.kpi_catalogue, name="kpi_catalogue"),
    path("p/<slug:slug>/figures/catalogue/<slug:key>/", views_catalogue.kpi, name="kpi"),
    path("mail/pictures/<str:token>.png", views_picture.mail_picture, name="mail_picture"),
    path("p/<slug:slug>/my-figures/", views.mine, name="mine"),
    path("p/<slug:slug>/my-figures/export/", views.mine_export, name="mine_export"),
    path("p/<slug:slug>/my-figures/posts/", views_own.my_posts, name="my_posts"),
    path("p/<slug:slug>/my-figures/posts/note/", views_own.my_post_note, name="my_post_note"),
    path("p/<slug:slug>/my-figures/dossier/", views_own.my_dossier, name="my_dossier"),
]
