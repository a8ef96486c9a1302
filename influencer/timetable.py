"""The app behind `celery beat`: one tick, without Django and rooms, so that beat stays small."""

from celery import Celery

from core.kit.queue_names import DEFAULT_QUEUE, URGENT_QUEUE
from influencer.broker import BROKER_URL, TRANSPORT_OPTIONS

TICK = 5.0  # seconds


app = Celery("timetable", broker=BROKER_URL, fixups=[])
app.conf.update(
    # a tick that nobody took expires; rooms say what is due when (`core.schedule`)
    beat_schedule={
        "tick": {"task": "schedule.tick", "schedule": TICK, "options": {"expires": 2 * TICK, "queue": URGENT_QUEUE}}
    },
    task_default_queue=DEFAULT_QUEUE,
    broker_transport_options=TRANSPORT_OPTIONS,
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    worker_redirect_stdouts=False,  # a traceback stays a traceback
    timezone="UTC",
)
