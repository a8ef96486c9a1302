"""The app behind `celery beat`: the timetable and the broker, without Django and rooms, so that beat stays small."""

from celery import Celery

from influencer.broker import BROKER_URL, TRANSPORT_OPTIONS
from influencer.celery import DEFAULT_QUEUE, ROUTES, SCHEDULE

app = Celery("timetable", broker=BROKER_URL, fixups=[])
app.conf.update(
    beat_schedule=SCHEDULE,
    task_routes=ROUTES,
    task_default_queue=DEFAULT_QUEUE,
    broker_transport_options=TRANSPORT_OPTIONS,
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    timezone="UTC",
)
