from django.urls import path

from analytics.connectors import views, views_permits

urlpatterns = [
    path("p/<slug:slug>/connections/", views.connections, name="connections"),
    path("p/<slug:slug>/connections/find/", views.connection_find, name="connection_find"),
    path("p/<slug:slug>/connections/begin/", views.connection_begin, name="connection_begin"),
    path("connections/<slug:network>/", views_permits.connection_back, name="connection_back"),
    path("p/<slug:slug>/connections/sign-in/", views_permits.connection_sign_in, name="connection_sign_in"),
    path("p/<slug:slug>/connections/choose/", views_permits.connection_choose, name="connection_choose"),
    path("p/<slug:slug>/connections/server/", views_permits.connection_server, name="connection_server"),
    path("p/<slug:slug>/connections/<int:pk>/revoke/", views_permits.connection_revoke, name="connection_revoke"),
    path("p/<slug:slug>/connections/<int:pk>/", views.connection_detail, name="connection_detail"),
    path("p/<slug:slug>/connections/<int:pk>/look/", views.connection_look, name="connection_look"),
    path("p/<slug:slug>/connections/<int:pk>/end/", views.connection_end, name="connection_end"),
]
