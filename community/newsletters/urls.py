from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path


def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(status=404)


def issue_read(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return HttpResponse(status=404)


urlpatterns: list[URLPattern] = [
    path("p/<slug:slug>/newsletters/<int:pk>/", issue_read, name="issue_read"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
]
