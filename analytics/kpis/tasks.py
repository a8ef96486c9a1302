from celery import shared_task

from analytics.kpis import jobs


@shared_task(name="kpis.publish_due")
def publish_due() -> None:
    """The periodic sweep, and the wake-up after something changed."""
    jobs.publish_due()
