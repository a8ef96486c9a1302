from django.apps import AppConfig


class InfluencerConfig(AppConfig):
    name = "influencer"
    verbose_name = "Site"
