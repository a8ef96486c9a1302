from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.drawn import drawn
from programs.membership.models import Program


class Network(models.TextChoices):
    LINKEDIN = "linkedin", "LinkedIn"
    XING = "xing", "XING"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    INSTAGRAM = "instagram", "Instagram"
    FACEBOOK = "facebook", "Facebook"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    X = "x", "X"
    BLOG = "blog", _("blog")
    PODCAST = "podcast", _("podcast")
    INTERNAL = "internal", _("within the company")
    OTHER = "other", _("other")


#: Of which somebody may have more than one: each feed and each JSON source is an account of its own.
SEVERAL = frozenset({Network.BLOG, Network.PODCAST, Network.OTHER})


class Account(models.Model):
    """An account on a network: a person's own (figures belong to the person) or the company's. Never a password.

    What lists of HR and sales bring has one too, on no network.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("personal account")
        COMPANY = "company", _("company account")
        RECORDS = "records", _("lists of HR and sales")

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="accounts")
    kind = models.CharField(max_length=7, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="accounts")
    network = models.CharField(max_length=10, choices=Network, default=Network.LINKEDIN)
    handle = models.CharField(max_length=160, blank=True)
    # Of feeds and JSON its address, since one may have several; of networks nothing.
    source = models.CharField(max_length=200, blank=True, default="", db_default="")
    owner_name = models.CharField(max_length=120, blank=True)  # as the network's files spell it
    # Of the company's pages: what stays when one is renamed there, with the server that counts it.
    number = models.CharField(max_length=460, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "user", "network", "source"], condition=Q(kind="person"), name="one_personal_account"
            ),
            models.UniqueConstraint(
                fields=["program", "network", "source"], condition=Q(kind="company"), name="one_company_account"
            ),
            models.UniqueConstraint(fields=["program"], condition=Q(kind="records"), name="one_account_of_records"),
            models.CheckConstraint(
                condition=Q(kind="person", user__isnull=False) | Q(kind__in=("company", "records"), user=None),
                name="a_personal_account_has_a_person",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.RECORDS:
            return self.get_kind_display()
        return f"{self.shown_name} ({self.get_kind_display()})"

    @property
    def shown_name(self) -> str:
        """The network, or which of several it is."""
        return self.handle if self.source and self.handle else self.get_network_display()
