from django.urls import path

from programs.leitbild import views, views_hosts, views_sorting

OF_WORKSHOP = "p/<slug:slug>/leitbild/<int:pk>/"

urlpatterns = [
    path("p/<slug:slug>/leitbild/", views.leitbild, name="leitbild"),
    path("p/<slug:slug>/leitbild/versions/", views.leitbild_versions, name="leitbild_versions"),
    path("p/<slug:slug>/leitbild/versions/<int:number>/", views.leitbild_version, name="leitbild_version"),
    path("p/<slug:slug>/leitbild/versions/<int:number>/pdf/", views.leitbild_file, name="leitbild_file"),
    path("p/<slug:slug>/leitbild/open/", views_hosts.leitbild_open, name="leitbild_open"),
    path(f"{OF_WORKSHOP}live/", views.leitbild_live, name="leitbild_live"),
    path(f"{OF_WORKSHOP}sentences/", views.leitbild_add, name="leitbild_add"),
    path(f"{OF_WORKSHOP}vote/", views.leitbild_vote, name="leitbild_vote"),
    path(f"{OF_WORKSHOP}sort/", views_sorting.leitbild_sort, name="leitbild_sort"),
    path(f"{OF_WORKSHOP}headings/", views_sorting.leitbild_heading, name="leitbild_heading"),
    path(f"{OF_WORKSHOP}headings/<slug:key>/", views_sorting.leitbild_retitle, name="leitbild_retitle"),
    path(f"{OF_WORKSHOP}headings/<slug:key>/remove/", views_sorting.leitbild_unhead, name="leitbild_unhead"),
    path(f"{OF_WORKSHOP}sentences/<slug:key>/put/", views_sorting.leitbild_put, name="leitbild_put"),
    path(f"{OF_WORKSHOP}sentences/<slug:key>/hide/", views_sorting.leitbild_hide, name="leitbild_hide"),
    path(f"{OF_WORKSHOP}change/", views_hosts.leitbild_change, name="leitbild_change"),
    path(f"{OF_WORKSHOP}close/<slug:to>/", views_hosts.leitbild_close, name="leitbild_close"),
    path(f"{OF_WORKSHOP}discard/", views_hosts.leitbild_discard, name="leitbild_discard"),
    path(f"{OF_WORKSHOP}write/", views_hosts.leitbild_write, name="leitbild_write"),
    path(f"{OF_WORKSHOP}publish/", views_hosts.leitbild_publish, name="leitbild_publish"),
]
