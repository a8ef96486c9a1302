from django.apps import AppConfig


class InfluencerConfig(AppConfig):
    name = "influencer"
    verbose_name = "Site"

    def ready(self) -> None:
        from influencer.people.receivers import listen  # noqa: PLC0415  # models are there only now

        listen()
