"""Celery: the worker's app and the timetable (names only, so nothing is imported before it is needed).

Beat only ticks. What is due stands in the database, and a tick that comes twice or never does no harm.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "influencer.settings")

app = Celery("influencer")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "heartbeat": {"task": "health.beat", "schedule": 15.0},
    "notify-sweep": {"task": "notify.sweep", "schedule": 20.0},
    "generations-sweep": {"task": "generations.sweep", "schedule": 20.0},
    "newsletters-sweep": {"task": "newsletters.sweep", "schedule": 15.0},
    "imports-sweep": {"task": "imports.sweep", "schedule": 20.0},
    "kpis-publish": {"task": "kpis.publish_due", "schedule": 60.0},
    "privacy-retention": {"task": "privacy.retention", "schedule": 3600.0},
}
app.conf.task_routes = {
    "notify.*": {"queue": "mail"},
    "generations.*": {"queue": "mail"},
    "newsletters.*": {"queue": "mail"},
    "imports.*": {"queue": "imports"},
    "kpis.*": {"queue": "reports"},
    "reports.*": {"queue": "reports"},
}
app.conf.task_default_queue = "default"
