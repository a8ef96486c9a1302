from django.urls import path

from analytics.connectors import views

urlpatterns = [
    path("p/<slug:slug>/connections/", views.connections, name="connections"),
    path("p/<slug:slug>/connections/find/", views.connection_find, name="connection_find"),
    path("p/<slug:slug>/connections/begin/", views.connection_begin, name="connection_begin"),
    path("p/<slug:slug>/connections/<int:pk>/", views.connection_detail, name="connection_detail"),
    path("p/<slug:slug>/connections/<int:pk>/look/", views.connection_look, name="connection_look"),
    path("p/<slug:slug>/connections/<int:pk>/end/", views.connection_end, name="connection_end"),
]
