from typing import ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from community.forum.models import Post

ADDRESS, CARD_TITLE, CARD_TEXT = 1000, 140, 240


class LinkCard(models.Model):
    """What a page that somebody linked to says of itself: asked for once by the site, never by a reader's browser."""

    url = models.CharField(max_length=ADDRESS, unique=True)
    title = models.CharField(max_length=CARD_TITLE, blank=True)  # nothing: not asked yet, or the link is dead
    text = models.CharField(max_length=CARD_TEXT, blank=True)
    asked_at = models.DateTimeField(null=True)
    is_dead = models.BooleanField(default=False)  # there is no such page or server; another mistake may pass

    class Meta:
        indexes: ClassVar = [models.Index(fields=["id"], name="cards_to_fetch", condition=Q(asked_at=None))]

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


class PostLink(models.Model):
    """A post shows a page: its address stands alone in a line."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="links", db_index=False)
    card = models.ForeignKey(LinkCard, on_delete=models.CASCADE, related_name="posts")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["post", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "card"], name="one_card_of_a_page_per_post")]

    def __str__(self) -> str:
        return f"{self.place}"
