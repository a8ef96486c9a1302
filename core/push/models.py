from typing import ClassVar

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.kit.drawn import drawn


class PushKey(models.Model):
    """What the site shows the push services to prove that it is itself (VAPID). Devices stay with the key under which
    they were added, so a former one is kept while it has devices."""

    sealed = models.TextField()  # the private half
    public = models.CharField(max_length=100, unique=True)  # as browsers take it
    is_current = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_current_push_key"),
        ]

    def __str__(self) -> str:
        return self.public


class PushDevice(models.Model):
    """A browser that shows news of somebody who is signed in there; it ends with that sign-in."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sign_in = models.ForeignKey(UserSession, on_delete=models.CASCADE, related_name="+")
    key = models.ForeignKey(PushKey, on_delete=models.CASCADE, related_name="devices")
    mark = models.CharField(max_length=64, unique=True)  # SHA-256 of its address: a browser is there once
    host = models.CharField(max_length=253)  # of its push service
    sealed = models.TextField()  # its address and keys: whoever has them can send to it
    added_at = models.DateTimeField(auto_now_add=True)
    setbacks = models.PositiveSmallIntegerField(default=0)  # in a row
    paused_until = models.DateTimeField(null=True)  # its push service asked for patience, or was silent

    def __str__(self) -> str:
        return f"{self.person_id} {self.host}"
