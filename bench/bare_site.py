"""A bare project in the same layout, for what memory is measured against: what `startproject` makes, with PostgreSQL
and Valkey, a task and a page that ask both something, run by the same servers with the same workers. Settings,
addresses and tasks in one module."""

import os

from celery import Celery
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from psycopg.conninfo import conninfo_to_dict

os.environ["DJANGO_SETTINGS_MODULE"] = __name__

SECRET_KEY = "only-for-benchmarks-" + "x" * 40
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = __name__
USE_TZ = True
STATIC_URL = "static/"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
_server = conninfo_to_dict(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _server.pop("dbname"),
        "OPTIONS": _server,
        "CONN_MAX_AGE": 60,
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ.get("REDIS_URL", "redis://127.0.0.1"),
    }
}
CELERY_BROKER_URL = os.environ.get("BARE_BROKER", "")

app = Celery("bare")
app.config_from_object(__name__, namespace="CELERY")
app.conf.broker_url = CELERY_BROKER_URL
app.conf.beat_schedule = {"tick": {"task": "bare.tick", "schedule": 1}}
app.conf.beat_schedule_filename = os.environ.get("BARE_SCHEDULE", "celerybeat-schedule")


@app.task(name="bare.tick")
def tick() -> None:
    _ask()


def _ask() -> None:
    from django.core.cache import cache
    from django.db import connection

    cache.get("bare")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _page(request: HttpRequest) -> HttpResponse:
    from django.contrib import admin

    _ask()
    return admin.site.login(request)


def _urlpatterns() -> list[object]:
    from django.contrib import admin

    return [path("page/", _page), path("admin/", admin.site.urls)]


application = get_wsgi_application()
urlpatterns = _urlpatterns()
