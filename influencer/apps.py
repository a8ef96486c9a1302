from django.apps import AppConfig
from django.core import checks


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
