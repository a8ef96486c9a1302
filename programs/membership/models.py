from datetime import timedelta
from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.disclosure.gate import enough
from core.kit.drawn import in_turn
from core.kit.loading import Loaded

HISTORY = timedelta(days=14)  # of taking part before somebody counts: accounts made for it today fill no group
SMALLEST_GROUP = 5  # the floor under every k; a constant, not a setting: k can be raised, never lowered


class Country(models.TextChoices):
    GERMANY = "DE", _("Germany")
    AUSTRIA = "AT", _("Austria")
    SWITZERLAND = "CH", _("Switzerland")


class Role(models.TextChoices):
    MANAGER = "manager", _("program manager")
    INFLUENCER = "influencer", _("corporate influencer")
    COACH = "coach", _("coach")
    TEAM = "team", _("core team")
    EXECUTIVE = "executive", _("executive")
    COUNCIL = "council", _("works council or data protection")
    GUEST = "guest", _("guest")


class Program(Loaded):
    """A corporate-influencer program of a company."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    name = models.CharField(_("name of the program"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    company_name = models.CharField(_("company"), max_length=120)
    country = models.CharField(_("country profile"), max_length=2, choices=Country, default=Country.GERMANY)
    weekly_minutes = models.PositiveSmallIntegerField(
        _("working time per week, in minutes"),
        default=60,
        validators=[MaxValueValidator(600)],
    )
    start_on = models.DateField(_("start"))
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Berlin")
    group_minimum = models.PositiveSmallIntegerField(
        _("smallest group shown (k)"),
        default=SMALLEST_GROUP,
        validators=[MinValueValidator(SMALLEST_GROUP), MaxValueValidator(50)],
    )
    value_target = models.DecimalField(
        _("share of value content"), max_digits=3, decimal_places=2, default=Decimal("0.80")
    )
    accent = models.CharField(max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")])
    # beside the program's name, in its mails and on its papers
    logo = models.ForeignKey(
        "core.Attachment", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("logo")
    )
    # roles whose people sign in with a second factor, or set one up first
    second_factor_roles = ArrayField(models.CharField(max_length=10, choices=Role), default=list, blank=True)
    # where the company's guidelines for social media are; linked from the onboarding and the contacts
    guidelines_url = models.URLField(_("guidelines"), max_length=500, blank=True)
    # "company.com, company.de": who is invited at another one is asked about first; without any nothing is asked
    mail_domains = models.CharField(_("email domains of the company"), max_length=300, blank=True, db_default="")
    archived_at = models.DateTimeField(null=True)  # from then on the program is read, not worked in
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(group_minimum__gte=SMALLEST_GROUP), name="group_minimum_has_a_floor"
            ),
            models.CheckConstraint(condition=models.Q(value_target__range=(0, 1)), name="value_target_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_outside(self, address: str) -> bool:
        """Not of the company, nor of a part of it (mail.company.com), as far as its domains are known."""
        ours = self.mail_domains.split(", ") if self.mail_domains else []
        domain = address.rpartition("@")[2].lower()
        return bool(ours) and not any(domain == our or domain.endswith(f".{our}") for our in ours)

    @property
    def shown_from(self) -> int:
        """So many people are behind a figure at least: k of them besides k - 1 accounts that one person may hold."""
        return enough(self.group_minimum)

    @property
    def second_factor_words(self) -> str:
        return ", ".join(str(Role(role).label) for role in self.second_factor_roles)


class Goal(models.Model):
    """What the program is for: at most three, ranked."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="goals")
    rank = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(3)])
    text = models.CharField(_("goal"), max_length=160)
    figures = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # keys of those that show it

    class Meta:
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "rank"], name="one_goal_per_rank"),
            models.CheckConstraint(condition=models.Q(rank__range=(1, 3)), name="at_most_three_goals"),
        ]

    def __str__(self) -> str:
        return self.text


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> "MembershipQuerySet":
        return self.filter(ended_at=None, user__is_active=True)

    def with_role(self, *roles: str) -> "MembershipQuerySet":
        return self.filter(role__in=roles)


class Membership(Loaded):
    """A person has a role in a program; a person may have several roles."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    is_contact = models.BooleanField(_("contact person"), default=False)
    contact_for = models.CharField(_("contact for"), max_length=120, blank=True)
    since = models.DateTimeField(auto_now_add=True)
    until_on = models.DateField(_("last day of access"), null=True, blank=True)  # of a guest; then it ends by itself
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "user", "role"], condition=models.Q(ended_at=None), name="one_membership_per_role"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(role=Role.GUEST), name="only_guests_end_by_themselves"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "program"], name="memberships_of_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"

    @property
    def is_over(self) -> bool:
        """The last day of a guest lies behind, on the program's own calendar."""
        return self.until_on is not None and self.until_on < timezone.localdate(
            timezone=ZoneInfo(self.program.time_zone)
        )


class TeamInvitation(models.Model):
    """Somebody was asked to take a role in the team. A no is written nowhere, so that nobody can tell it from silence;
    a yes becomes a role, and the row goes."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="team_invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)  # how to greet, and what the form begins with
    language = models.CharField(max_length=10)
    role = models.CharField(max_length=10, choices=Role)
    is_contact = models.BooleanField(default=False)
    contact_for = models.CharField(max_length=120, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(null=True)  # the second yes that a council role needs
    valid_until = models.DateField()  # the last day
    until_on = models.DateField(
        _("last day of access"), null=True
    )  # of a guest: the last day of the access that is offered
    takes_over = models.BooleanField(default=False)  # with the yes, whoever leads the program now no longer does
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "program", Lower("email"), "role", condition=models.Q(withdrawn_at=None), name="one_team_invitation"
            ),
            models.CheckConstraint(condition=~models.Q(role=Role.INFLUENCER), name="team_invitation_is_for_the_team"),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(role=Role.GUEST), name="only_guests_are_asked_for_a_while"
            ),
            models.CheckConstraint(
                condition=models.Q(takes_over=False) | models.Q(role=Role.MANAGER), name="only_a_lead_takes_over"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None) | ~models.Q(agreed_by=models.F("invited_by")),
                name="second_yes_is_of_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.valid_until >= timezone.localdate() and not self.waits

    @property
    def waits(self) -> bool:
        """For the second yes."""
        return self.role == Role.COUNCIL and self.agreed_at is None
