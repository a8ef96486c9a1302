from typing import ClassVar

from django.db import models


class ScheduledJob(models.Model):
    """Work by the clock: the newest period in which it was sent to a worker."""

    name = models.CharField(max_length=80, primary_key=True)  # of the task
    period = models.BigIntegerField()  # seconds since 1970, divided by the job's interval
    sent_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=1, db_default=1)  # in this period
    ended_at = models.DateTimeField(null=True)  # when a worker was last through with it, well or not
    took = models.FloatField(null=True)  # seconds
    failure = models.CharField(max_length=80, blank=True, db_default="")  # the kind of error, never its text
    off_since = models.DateTimeField(null=True)  # an administrator switched it off

    def __str__(self) -> str:
        return self.name


class JobRun(models.Model):
    """What became of a job in one of its periods: of what runs every hour or less often, and of whatever failed."""

    name = models.CharField(max_length=80)
    period = models.BigIntegerField()
    attempts = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    took = models.FloatField(null=True)  # seconds
    failure = models.CharField(max_length=80, blank=True)  # the kind of error, never its text

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "period"], name="one_run_per_period")]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"


class Setback(models.Model):
    """A row that a job could not work on: how often, and when it is tried again. Gone once it succeeds."""

    job = models.CharField(max_length=80)
    row = models.CharField(max_length=80)
    attempts = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=80)  # the kind of error, never its text: that may hold a person
    failed_at = models.DateTimeField()
    next_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "row"], name="one_setback_per_row")]

    def __str__(self) -> str:
        return f"{self.job} {self.row}"


class Fence(models.Model):
    """Where this database lives, and since when it has been known to be a restored one; a single row."""

    single = models.BooleanField(primary_key=True, default=True)
    cluster = models.CharField(max_length=20, blank=True)
    database = models.CharField(max_length=40)
    timeline = models.CharField(max_length=8, blank=True)
    raised_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(single=True), name="one_fence")]

    def __str__(self) -> str:
        return self.database
