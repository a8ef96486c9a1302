from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from analytics.channels.models import Account
from core.kit.drawn import drawn
from programs.membership.models import Program


class Connection(models.Model):
    """An account whose public figures come by themselves, once a day. A person's own, or the company's."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="connection")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("connected by")
    )
    host = models.CharField(max_length=253)  # the server that is asked
    number = models.CharField(_("account number"), max_length=200)  # stays when the name changes
    handle = models.CharField(_("name of the account"), max_length=160)
    url = models.URLField(_("address of the profile"), max_length=400)
    made_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True)  # of the next look; none while it is stopped
    lease_until = models.DateTimeField(null=True)  # until then a worker is at it
    attempts = models.PositiveIntegerField(default=0)
    setbacks = models.PositiveSmallIntegerField(default=0)  # in a row
    fetched_at = models.DateTimeField(_("last fetched"), null=True)  # the last look that brought an answer
    stopped_for = models.CharField(max_length=20, blank=True)  # why the site itself stopped
    older_from = models.TextField(blank=True)  # where the network's list of posts goes on at the next look
    goes_back_to = models.DateTimeField(_("oldest post fetched"), null=True)  # as long as older ones are to come
    # What its owner lets this site read with, where the network does not tell everybody.
    permit_sealed = models.TextField(_("permission to read, encrypted"), blank=True)
    permit_until = models.DateTimeField(_("end of the permission"), null=True)  # then its owner signs in again

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stopped_for="") | Q(due_at=None), name="a_stopped_connection_is_never_due"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="connections_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.handle


class Look(models.Model):
    """One look at an account, and what it brought. The store of figures knows it by its number below zero, so that it
    is never taken for an import of a file."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="looks")
    at = models.DateTimeField(_("time"))
    code = models.CharField(max_length=20, blank=True)  # why nothing came; empty: an answer
    posts = models.PositiveIntegerField(_("posts"), default=0)  # posts that the answer speaks of
    posts_new = models.PositiveIntegerField(_("new posts"), default=0)
    figures_new = models.PositiveIntegerField(_("new figures"), default=0)
    figures_changed = models.PositiveIntegerField(_("changed figures"), default=0)
    left_out = models.PositiveIntegerField(default=0)
    is_whole = models.BooleanField(default=True)  # whether nothing older was left for want of pages

    class Meta:
        indexes: ClassVar = [models.Index(fields=["connection", "-at"], name="looks_of_connection")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code}"


class EndingPermit(models.Model):
    """A permission that has ended here and is to be ended at the network as well."""

    sealed = models.TextField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.pk}"


class Server(models.Model):
    """When a server of a network may be asked next: all workers together ask it no faster than it allows."""

    host = models.CharField(max_length=253, primary_key=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.host


class SiteKey(models.Model):
    """What this site shows a network to be known there, written by an administrator where the environment is silent."""

    name = models.CharField(max_length=30, primary_key=True)
    sealed = models.TextField()

    def __str__(self) -> str:
        return self.name
