"""Celery: the worker's app and the timetable (names only, so nothing is imported before it is needed).

Beat only ticks. What is due stands in the database, and a tick that comes twice or never does no harm.
"""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "influencer.settings")

SCHEDULE: dict[str, dict[str, Any]] = {
    "heartbeat": {"task": "health.beat", "schedule": 15.0},
    "notify-sweep": {"task": "notify.sweep", "schedule": 20.0},
    "generations-sweep": {"task": "generations.sweep", "schedule": 20.0},
    "newsletters-sweep": {"task": "newsletters.sweep", "schedule": 15.0},
    "imports-sweep": {"task": "imports.sweep", "schedule": 20.0},
    "kpis-publish": {"task": "kpis.publish_due", "schedule": 60.0},
    "privacy-retention": {"task": "privacy.retention", "schedule": 3600.0},
}
ROUTES = {
    "notify.*": {"queue": "mail"},
    "generations.*": {"queue": "mail"},
    "newsletters.*": {"queue": "mail"},
    "imports.*": {"queue": "imports"},
    "kpis.*": {"queue": "reports"},
    "reports.*": {"queue": "reports"},
}
DEFAULT_QUEUE = "default"

app = Celery("influencer")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = SCHEDULE
app.conf.task_routes = ROUTES
app.conf.task_default_queue = DEFAULT_QUEUE


@worker_init.connect
def share_memory(**_: Any) -> None:
    """Before the pool is forked: keep the collector from touching (and so copying) what is loaded now."""
    app.loader.import_default_modules()
    gc.collect()
    gc.freeze()
