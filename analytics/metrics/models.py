from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from analytics.channels.models import Account
from core.kit.numbersets import NumberSetField
from programs.membership.models import Program


class Metric(models.IntegerChoices):
    """What is counted. Stored as small numbers: the store may hold hundreds of millions of readings."""

    IMPRESSIONS = 1, _("impressions")
    MEMBERS_REACHED = 2, _("members reached")
    ENGAGEMENTS = 3, _("engagements as reported")
    REACTIONS = 4, _("reactions")
    COMMENTS = 5, _("comments")
    REPOSTS = 6, _("reposts")
    SAVES = 7, _("saves")
    SENDS = 8, _("sends")
    CLICKS = 9, _("clicks")
    LINK_CLICKS = 10, _("link clicks")
    VIDEO_VIEWS = 11, _("video views")
    FOLLOWERS_NEW = 12, _("new followers")
    FOLLOWERS_TOTAL = 13, _("followers")
    PAGE_VIEWS = 14, _("page views")
    UNIQUE_VISITORS = 15, _("unique visitors")
    PROFILE_VIEWERS = 16, _("profile viewers")
    FOLLOWERS_GAINED = 17, _("followers gained")
    APPLICATIONS = 18, _("applications")
    HIRES = 19, _("hires")
    LEADS = 20, _("leads")
    WATCH_SECONDS = 21, _("watch time in seconds")
    VIDEO_VIEWERS = 22, _("video viewers")
    WEB_TRAFFIC = 23, _("visits to the website")


#: Counted per week out of lists of HR, sales and the website; nothing about a network.
RECORDED = (Metric.APPLICATIONS, Metric.HIRES, Metric.LEADS, Metric.WEB_TRAFFIC)


ADDITIVE = frozenset(
    {
        Metric.IMPRESSIONS,
        Metric.ENGAGEMENTS,
        Metric.REACTIONS,
        Metric.COMMENTS,
        Metric.REPOSTS,
        Metric.SAVES,
        Metric.SENDS,
        Metric.CLICKS,
        Metric.LINK_CLICKS,
        Metric.VIDEO_VIEWS,
        Metric.WATCH_SECONDS,
        Metric.FOLLOWERS_NEW,
        Metric.PAGE_VIEWS,
    }
)  # may be summed over days; uniques and stocks may not


class Grain(models.IntegerChoices):
    DAY = 1, _("day")
    WINDOW = 2, _("period of the file")
    LIFETIME = 3, _("since publication")


class Segment(models.IntegerChoices):
    ALL = 0, ""
    ORGANIC = 1, _("organic")
    SPONSORED = 2, _("sponsored")
    DESKTOP = 3, _("desktop")
    MOBILE = 4, _("mobile")
    AUTO_INVITED = 5, _("auto-invited")
    PROGRAM = 6, _("by way of employees or social networks")


class Post(models.Model):
    """A post of an account. Its text belongs to the account's owner."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    published_at = models.DateTimeField(null=True)
    precision = models.CharField(max_length=6, default="second")  # second, minute, day
    created_on = models.DateField(null=True)
    url = models.URLField(max_length=400, blank=True)
    title = models.TextField(blank=True)
    kind = models.CharField(max_length=20, blank=True)
    worked = models.TextField(_("what worked"), max_length=1000, blank=True, default="", db_default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-published_at"], name="posts_of_account")]

    def __str__(self) -> str:
        return self.title[:60] or self.url


class PostId(models.Model):
    """A post has several numbers (activity, share, ugcPost): each of them finds it. Of one kind it has one only."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="ids")
    scheme = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    made_at = models.DateTimeField(null=True)  # when the network made the number, where the number tells

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "account", "scheme", "value"], name="one_post_per_number"),
            models.UniqueConstraint(
                fields=["post", "scheme"], condition=~Q(scheme="url"), name="one_number_per_scheme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Reading(models.Model):
    """A figure of an account or post for a period, as the newest file says. Unknown figures have no row.

    The key begins with the program, so that the table can be partitioned by it.
    """

    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    # Found by program, account and post together: one index less to fill makes an import a third faster. A post goes
    # after its readings, never the other way round.
    post = models.ForeignKey(
        Post, on_delete=models.DO_NOTHING, null=True, related_name="readings", db_constraint=False, db_index=False
    )
    metric = models.SmallIntegerField(choices=Metric)
    segment = models.SmallIntegerField(choices=Segment, default=Segment.ALL)
    grain = models.SmallIntegerField(choices=Grain)
    period_start = models.DateField()
    period_end = models.DateField()  # exclusive
    value = models.BigIntegerField()  # daily corrections may be negative
    as_of = models.DateTimeField()
    run_id = models.BigIntegerField()  # the import whose value stands here
    cell = models.CharField(max_length=60, blank=True)  # where in the file

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "account", "post", "metric", "segment", "grain", "period_start", "period_end"],
                nulls_distinct=False,
                name="one_reading",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()} {self.period_start}: {self.value}"


class ReadingVersion(models.Model):
    """What else applied imports said about a reading: other values than the one that stands.

    The reading holds the value of the newest file; with these rows and `Echo` any import is taken back exactly, in
    any order.
    """

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    reading_id = models.BigIntegerField()
    run_id = models.BigIntegerField()
    as_of = models.DateTimeField()
    value = models.BigIntegerField()
    cell = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "as_of", "run_id"], name="versions_of_account")]

    def __str__(self) -> str:
        return f"{self.reading_id}: {self.value}"


class Echo(models.Model):
    """The readings whose standing value an applied import says again.

    The same file once more says a million figures again, and is one row here. When a reading changes, who said the
    old value becomes a `ReadingVersion`.
    """

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    run_id = models.BigIntegerField()
    as_of = models.DateTimeField()
    readings = NumberSetField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "run_id"], name="one_echo_per_import")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.readings}"


class Edition(models.Model):
    """Counts the changes of an account's figures: what was compared with them holds while the number is the same."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+", primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.account_id}: {self.number}"


class PostListing(models.Model):
    """An import that names a number of a post. When it is taken back, numbers that no other import names go with it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    number = models.ForeignKey(PostId, on_delete=models.CASCADE, related_name="listings")
    run_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number", "run_id"], name="named_once_per_import")]

    def __str__(self) -> str:
        return f"{self.number_id}: {self.run_id}"


DAYS_OF_WEEK = 7


class WeekTotal(models.Model):
    """The sum of an account's daily readings in a week (Monday first): what dashboards are made from."""

    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    metric = models.SmallIntegerField(choices=Metric)
    segment = models.SmallIntegerField(choices=Segment, default=Segment.ALL)
    week = models.DateField()
    value = models.BigIntegerField()
    days = models.PositiveSmallIntegerField(default=DAYS_OF_WEEK, db_default=DAYS_OF_WEEK)  # that were told of

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "metric", "segment", "week", "account"], name="one_total_per_week"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week}: {self.value}"
