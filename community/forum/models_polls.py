from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forum.models import Post
from core.kit.drawn import drawn

QUESTION, CHOICE = 140, 100


class Poll(models.Model):
    """A question with choices below a post. Who voted for what is shown to nobody but the voter."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="poll")
    question = models.CharField(max_length=QUESTION)
    takes_several = models.BooleanField(default=False)
    closes_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(question=""), name="a_poll_asks_something")]

    def __str__(self) -> str:
        return self.question

    @property
    def is_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()


class PollChoice(models.Model):
    """One of the answers to choose from."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="choices", db_index=False)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=CHOICE)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "position"], name="one_choice_per_place")]

    def __str__(self) -> str:
        return self.words


class Vote(models.Model):
    """Kept with the voter, so that it can be changed and is counted once. It has no time."""

    poll = models.ForeignKey(Poll, verbose_name=_("poll"), on_delete=models.CASCADE, related_name="votes")
    choice = models.ForeignKey(
        PollChoice, verbose_name=_("choice"), on_delete=models.CASCADE, related_name="votes", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_only = models.BooleanField()  # the poll takes one choice

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["choice", "person"], name="one_vote_per_choice"),
            models.UniqueConstraint(fields=["poll", "person"], condition=Q(is_only=True), name="one_vote_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
