from django.urls import path

from analytics.connectors import views

urlpatterns = [
    path("p/<slug:slug>/connections/", views.connections, name="connections"),
    path("p/<slug:slug>/connections/new/", views.connection_new, name="connection_new"),
    path("p/<slug:slug>/connections/add/", views.connection_add, name="connection_add"),
    path("p/<slug:slug>/connections/<int:pk>/", views.connection_detail, name="connection_detail"),
    path("p/<slug:slug>/connections/<int:pk>/look/", views.connection_look, name="connection_look"),
    path("p/<slug:slug>/connections/<int:pk>/end/", views.connection_end, name="connection_end"),
]
