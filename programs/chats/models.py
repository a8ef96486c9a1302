from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.drawn import in_turn
from programs.membership.models import Program


class ChatKind(models.TextChoices):
    """How a chat program wants to be written to."""

    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"
    MATTERMOST = "mattermost", "Mattermost"


class Occasion(models.TextChoices):
    """What a channel hears of: what happens in the program, never what somebody does."""

    NEWSLETTER = "newsletter", _("a newsletter is out")
    GENERATION = "generation", _("a generation is added")
    PHASE = "phase", _("a phase starts")


class Channel(models.Model):
    """A channel of a chat program that hears of what happens in a program, by an address that the chat program gave."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("chat app"), max_length=10, choices=ChatKind)
    name = models.CharField(_("name of the channel"), max_length=80)
    sealed = models.TextField()  # its address: whoever has it can write there
    host = models.CharField(max_length=253)
    ending = models.CharField(max_length=4)  # of the address, so that people know it again
    occasions = ArrayField(models.CharField(max_length=10, choices=Occasion))
    language = models.CharField(_("language"), max_length=10, default=languages.current)
    off_at = models.DateTimeField(null=True)
    reason = models.CharField(
        max_length=40, blank=True
    )  # the answer for which the site itself stopped; else a person did
    setbacks = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        return f"https://{self.host}/…{self.ending}"


class PostState(models.TextChoices):
    QUEUED = "queued", _("waits")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    UNSURE = "unsure", _("not known whether it arrived")
    FAILED = "failed", _("refused")


class ChannelPost(models.Model):
    """One message to one channel: once for each thing that happened."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="posts")
    occasion = models.CharField(max_length=10)
    about = models.CharField(max_length=40)  # e.g. the newsletter; a test has its own each time
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    state = models.CharField(max_length=7, choices=PostState, default=PostState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=40, blank=True)  # the status, never words: they could quote the address

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "occasion", "about"], name="one_post_of_an_occasion_in_a_channel"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["made_at"], name="channel_posts_due", condition=Q(state__in=["queued", "sending"])),
        ]

    def __str__(self) -> str:
        return self.title
