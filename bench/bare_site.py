"""A bare project in the same layout, for what memory is measured against: what `startproject` makes, with PostgreSQL, a
task and a page, run by the same servers with the same workers. Settings, addresses and tasks in one module."""

import os

from celery import Celery
from django.core.wsgi import get_wsgi_application
from django.urls import path

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
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "never_connected"}}
CELERY_BROKER_URL = os.environ.get("BARE_BROKER", "")

app = Celery("bare")
app.config_from_object(__name__, namespace="CELERY")
app.conf.broker_url = CELERY_BROKER_URL
app.conf.beat_schedule = {"tick": {"task": "bare.tick", "schedule": 60}}
app.conf.beat_schedule_filename = os.environ.get("BARE_SCHEDULE", "celerybeat-schedule")


@app.task(name="bare.tick")
def tick() -> None:
    """Nothing to do."""


def _urlpatterns() -> list[object]:
    from django.contrib import admin

    return [path("admin/", admin.site.urls)]


application = get_wsgi_application()
urlpatterns = _urlpatterns()
