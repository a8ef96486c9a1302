from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.drawn import drawn
from core.kit.loading import Loaded

ERASED = "@erased.invalid"  # what is left of an address when an account was erased


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept in lower case, so that one address is one person.

    Who makes an account vouches for its address: people come by a mail to it, and the first one owns the server.
    """

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            address = apps.get_model("account", "EmailAddress")
            address(user=user, email=user.email, verified=True, primary=True).save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Loaded, AbstractBaseUser, PermissionsMixin):
    """A person who can sign in, with the work address."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    email = models.EmailField(_("work email"), max_length=254)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=languages.choices, default="de")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Berlin")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    # how often all sign-ins were ended at once: what began before does not count any more
    sign_ins_ended = models.PositiveIntegerField(default=0)
    erase_at = models.DateTimeField(null=True)  # the person asked to be forgotten, and may change her mind until then

    names_around: tuple[str, ...] = ()  # of program and company, for who is only about to belong there
    apart: str = ""  # in the program at hand: what tells somebody apart from others of the same name

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes: ClassVar = [
            models.Index(Lower("name"), name="people_of_one_name"),
            models.Index(fields=["name"], name="people_by_name"),  # lists show the first fifty of thousands
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
            models.CheckConstraint(condition=~models.Q(email=""), name="a_person_has_an_address"),
        ]

    def __str__(self) -> str:
        """How others read of the person: never by the address, nor by a part of it."""
        return name_shown(self.name)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is checked against: it ends with a new password, and when all sign-ins are ended."""
        value = f"{self.password} {self.sign_ins_ended}"
        return salted_hmac("core.people.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def has_begun(self) -> bool:
        """Whether the person ever came in; before that only a mail's link leads there."""
        return self.has_usable_password() or self.last_login is not None

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        return initials_of(self.name)


def name_shown(name: str) -> str:
    return name or gettext("No name")


def initials_of(name: str) -> str:
    letters = [word[0] for word in name.split() if word[0].isalpha()]
    return (letters[0] + letters[-1] if len(letters) > 1 else letters[0]).upper() if letters else "?"


class Attempt(models.Model):
    """How often something was tried in a while, and codes already used (`core.people.attempts`)."""

    key = models.CharField(max_length=64, primary_key=True)
    counted = models.JSONField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]
