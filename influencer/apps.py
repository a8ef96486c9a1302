from django.apps import AppConfig
from django.core import checks

from influencer.celery import app as celery_app

__all__ = ["InfluencerConfig", "celery_app"]  # with the site comes the app that its tasks belong to


class InfluencerConfig(AppConfig):
    name = "influencer"
    verbose_name = "Site"

    def ready(self) -> None:
        from core.kit import rooms  # noqa: PLC0415  # models are there only now
        from influencer.operate import receivers  # noqa: PLC0415
        from influencer.rooms import ROOMS, check  # noqa: PLC0415

        receivers.listen()
        rooms.use(ROOMS)
        checks.register(check)
