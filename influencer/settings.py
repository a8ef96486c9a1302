"""One settings file. What differs between places comes from the environment (`.env.example` explains each name)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from core.kit.database import CONNECT, patient
from core.kit.logs import logging_for
from core.kit.product import NAME
from influencer import env
from influencer.broker import BRIEF_OPTIONS, BROKER_URL, REDIS_URL, TRANSPORT_OPTIONS

BASE_DIR = Path(__file__).resolve().parents[1]
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / ".data")))

SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
# What the secrets of second factors are encrypted with, the newest first; without it, keys derived from SECRET_KEY.
SECRETS_KEYS = [key.strip() for key in env.secret("SECRETS_KEYS", "").split(",") if key.strip()]
DEBUG = env.boolean("DEBUG")
DEMO = env.boolean("DEMO_SITE")  # set by `make run`: development inbox, demo sign-ins on the sign-in page

# "localhost", not a number: passkeys belong to a name
SITE_URL = env.text("SITE_URL", f"http://localhost:{env.integer('PORT', 8000)}").rstrip("/")
_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"
ALLOWED_HOSTS = [_site.hostname or "127.0.0.1", "localhost", "127.0.0.1", *env.words("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "core.kit.refusals.expired"

TRUSTED_PROXIES = env.proxies("TRUSTED_PROXIES")  # between visitors and the site: how many, or whose addresses

INSTALLED_APPS = [
    "core.apps.CoreConfig",
    "programs.apps.ProgramsConfig",
    "community.apps.CommunityConfig",
    "analytics.apps.AnalyticsConfig",
    "influencer.apps.InfluencerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_structlog",
    "csp",
]

MIDDLEWARE = [
    "core.kit.middleware.RoomMiddleware",
    "csp.middleware.CSPMiddleware",  # before all answers: redirects, static files and refusals carry the policy too
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.kit.compression.CompressPages",
    "core.kit.middleware.PrivateMiddleware",
    "influencer.health.outages.OutageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.people.middleware.LanguageOfPersonMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.people.middleware.PersonMiddleware",
    "core.kit.middleware.MethodsMiddleware",  # in the person's language
    "core.people.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "programs.membership.middleware.SecondFactorMiddleware",
    "influencer.privacy.middleware.LeavingMiddleware",
    "core.kit.logs.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.kit.middleware.TogetherMiddleware",  # the last one: it calls the view
]

ROOT_URLCONF = "influencer.urls"
WSGI_APPLICATION = "influencer.wsgi.application"
FORM_RENDERER = "core.kit.forms.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "influencer.home.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "core.kit.templatetags.ui"],
        },
    }
]

# --- data -----------------------------------------------------------------------------------------------------------
# Seconds that one step of a request may wait for the database, set by deploy/gunicorn.conf.py. Nobody waits for workers
# and commands: they take the time they need.
PATIENCE = env.integer("REQUEST_PATIENCE", 0)
_database = env.connection_of(env.secret("DATABASE_URL"))
_pool: dict[str, Any] = {
    "min_size": 0,
    "max_size": env.integer("DB_POOL", 8),
    "timeout": PATIENCE or 4,
    "reconnect_timeout": 2,  # who comes later tries afresh, instead of waiting for an earlier attempt's long pause
}
_options: dict[str, Any] = {
    "connect_timeout": CONNECT,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
_options |= _database["OPTIONS"]
# What travels apart from its values is a question in fixed words (core/kit/compiled.py): planned once, for any values.
_options["options"] = f"{_options.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()
if PATIENCE:
    # PostgreSQL ends a statement that takes too long, and says so; a PostgreSQL that says nothing is given up.
    _pool["connection_class"] = patient(PATIENCE + 0.5)
    _options["options"] = f"{_options.get('options', '')} -c statement_timeout={PATIENCE}s".strip()
DATABASES = {
    "default": {
        **_database,
        "OPTIONS": {**_options, "pool": _pool},
        "CONN_HEALTH_CHECKS": True,  # a connection that broke while it lay in the pool is not handed out
        "TEST": {"NAME": f"test_{env.text('TEST_RUN', 'influencer')}"},
    }
}
# Who owns the tables, for `migrate` and the demo; the site itself never signs in with it (core/kit/owner.py).
_owner = env.connection_of(env.secret("DATABASE_OWNER_URL", ""))
DATABASE_OWNER = _owner if _owner["USER"] not in ("", DATABASES["default"]["USER"]) else None
CACHES = {
    "default": {
        "BACKEND": "core.kit.caching.ForgivingCache",
        "LOCATION": f"{REDIS_URL}?db=1" if REDIS_URL.startswith("unix:") else REDIS_URL,
        "KEY_PREFIX": env.text("TEST_RUN", "web"),
    },
    "attempts": {"BACKEND": "core.people.attempts.AttemptCache"},  # what must hold while Valkey is away
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_HASHED = env.boolean("STATIC_HASHED", default=not DEBUG)  # off in tests: no collectstatic before each run
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if not STATIC_HASHED
        else "influencer.embedded.static.DemoStorage"
        if DEMO
        else "core.kit.scripts.SmallScripts"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = not STATIC_HASHED
MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "core.kit.styles.SiteStyles",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = env.integer("UPLOAD_LIMIT_MB", 50) * 1024 * 1024
ATTACHMENTS_PER_PERSON = env.integer("ATTACHMENTS_PER_PERSON_MB", 500) * 1024 * 1024
ATTACHMENTS_PER_PROGRAM = env.integer("ATTACHMENTS_PER_PROGRAM_MB", 10_000) * 1024 * 1024
CLAMD = env.text("CLAMD")
FILE_UPLOAD_HANDLERS = [
    "core.kit.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.kit.uploads.PrivateUpload",
]

# --- people ---------------------------------------------------------------------------------------------------------
SETUP_WORD = env.secret("SETUP_WORD", "")  # of an empty site; unset: made from SECRET_KEY (core.people.first_word)
AUTH_USER_MODEL = "core.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # addresses are unique without regard to case: a constraint over lower(email)
AUTHENTICATION_BACKENDS = ["core.people.backend.OneAddressBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "programs.membership.passwords.CompanyWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "core.notify.adapter.MailingAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True  # one address per person; a new one counts once its link was opened
ACCOUNT_FORMS = {
    "login": "core.people.forms_address.SignInForm",
    "add_email": "core.people.forms_address.NewAddressForm",
    "reset_password": "core.people.forms_address.ForgottenPasswordForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an address without an account gets no mail: nobody here knows its owner
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # the address changes only for who has just shown who it is
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {  # "key" is the account (core.people.adapter)
    "login": "120/m/ip",  # a whole company may begin behind one address
    "login_failed": "20/m/ip,60/h/key",
    "login_failed_here": "5/5m/key,15/h/key",  # one account from one address
    "reset_password": "30/m/ip,5/h/key",
}
ADMIN_SECOND_FACTOR = env.boolean("ADMIN_SECOND_FACTOR")  # administrators of the site; roles: in each program
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address in use is always confirmed; a new one waits beside it
MFA_TOTP_ISSUER = NAME
MFA_ADAPTER = "core.people.factors.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "core.people.factors.AddPasskeyForm",
    "activate_totp": "core.people.factors.SetUpAppForm",
}
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # nobody is signed out by a cache that is away or wiped
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
TIME_ZONE = env.text("TIME_ZONE", "Europe/Berlin")
USE_I18N = USE_TZ = True

# --- mail -----------------------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.integer("SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.secret("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("SMTP_STARTTLS")
EMAIL_USE_SSL = env.boolean("SMTP_TLS")
EMAIL_TIMEOUT = 20
SMTP_MAILS_A_MINUTE = env.integer("SMTP_MAILS_A_MINUTE", 0)  # what the mail account takes; 0: as fast as it answers
SMTP_CONNECTIONS = env.integer("SMTP_CONNECTIONS", 0)  # that the mail account takes at once; 0: as many as are needed
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{NAME} <no-reply@localhost>")
MAIL_REPLY_TO = env.address("MAIL_REPLY_TO")  # who reads answers to mails of the site itself; empty: the sender
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# A mailbox that answers from calendar programs go to (IMAP, over TLS always); without one the page is the only place.
ANSWERS_ADDRESS = env.address("ANSWERS_ADDRESS")
# Mails go out under a sender of their own in that mailbox, and what comes back is read. The mail account must be
# allowed to send under its plus-addresses.
BOUNCES = env.boolean("BOUNCES")
IMAP_HOST = env.text("IMAP_HOST")
IMAP_PORT = env.integer("IMAP_PORT", 993)
IMAP_USER = env.text("IMAP_USER")
IMAP_PASSWORD = env.secret("IMAP_PASSWORD", "")
IMAP_STARTTLS = env.boolean("IMAP_STARTTLS")
# The provider behind the SMTP account, where it tells of mails that came back by calling the site, and its key.
MAIL_EVENTS = env.choice("MAIL_EVENTS", env.MAIL_PROVIDERS)
MAIL_EVENTS_KEY = env.secret("MAIL_EVENTS_KEY") if MAIL_EVENTS else ""
# A signature of the site's own under every mail, for mail servers that do not sign (DKIM).
DKIM_SELECTOR = env.text("DKIM_SELECTOR", "botschaft")
DKIM_KEY = env.signing_key("DKIM_KEY")
MAIL_DNS = env.boolean("MAIL_DNS")  # whether the administrator's page may ask the name service about the mail domain
FORUM_NEWCOMER_DAYS = env.integer("FORUM_NEWCOMER_DAYS", 7)  # with limits in the forum; 0: without any
INVITATIONS_PER_HOUR = env.integer("INVITATIONS_PER_HOUR", 500)  # per program and person; more wait

# --- work in the background -----------------------------------------------------------------------------------------
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_TRANSPORT_OPTIONS = BRIEF_OPTIONS if PATIENCE else TRANSPORT_OPTIONS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # a wake-up that is lost is found by the sweep; a request never waits for it
CELERY_TIMEZONE = "UTC"

# --- security -------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": [], "microphone": [], "payment": [], "usb": []}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 2 * 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.boolean("HSTS_SUBDOMAINS", default=True)
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Host names that the site itself may ask over the internet: none unless named, * any. The guard is `core.kit.fetch`.
OUTGOING_HOSTS = env.words("OUTGOING_HOSTS")
# This site as an application at Microsoft, so that hosts can let it read when their calendar is busy; off unless named.
MICROSOFT_CLIENT_ID = env.text("MICROSOFT_CLIENT_ID")
MICROSOFT_CLIENT_SECRET = env.secret("MICROSOFT_CLIENT_SECRET", "")
MICROSOFT_TENANT = env.text("MICROSOFT_TENANT", "organizations")
# Where rooms for video calls are made: a Jitsi server, which is only linked to; empty: none are.
JITSI_URL = env.text("JITSI_URL", "https://meet.jit.si")
# Push services of browsers that messages to people's devices may go to: none unless named.
WEB_PUSH_HOSTS = env.words("WEB_PUSH_HOSTS")
# Chat programs that channels of a program may lie on: none unless named.
CHAT_HOSTS = env.words("CHAT_HOSTS")
# Servers of networks that figures may be fetched from: none unless named, e.g. public.api.bsky.app, mastodon.social.
CONNECTOR_HOSTS = env.words("CONNECTOR_HOSTS")
# The operator's own key for the YouTube Data API; www.googleapis.com is to be named above then.
YOUTUBE_API_KEY = env.secret("YOUTUBE_API_KEY", "")
# This site as an application at Google, for watch time and views by day; youtubeanalytics.googleapis.com and
# oauth2.googleapis.com are to be named above as well.
YOUTUBE_CLIENT_ID = env.text("YOUTUBE_CLIENT_ID")
YOUTUBE_CLIENT_SECRET = env.secret("YOUTUBE_CLIENT_SECRET", "")
# This site as an application at LinkedIn; www.linkedin.com and api.linkedin.com are to be named above then.
LINKEDIN_CLIENT_ID = env.text("LINKEDIN_CLIENT_ID")
LINKEDIN_CLIENT_SECRET = env.secret("LINKEDIN_CLIENT_SECRET", "")

# --- after a restore ------------------------------------------------------------------------------------------------
# A restored database sends nothing until an administrator releases it (core/schedule/fence.py). PostgreSQL's timeline
# also changes with a failover: off where that is done automatically, and then a restore on the same server goes unseen.
FENCE_AT_FAILOVER = env.boolean("FENCE_AT_FAILOVER", default=True)

# --- newsletters ----------------------------------------------------------------------------------------------------
# Where to ask whether the mail server took a mail: `fn(message_ids) -> {message_id: bool}`, e.g. its log. A mail it
# knows nothing about stays in doubt until NEWSLETTER_DOUBT is over.
NEWSLETTER_EVIDENCE = env.text("NEWSLETTER_EVIDENCE")
NEWSLETTER_SENDERS = env.integer(
    "NEWSLETTER_SENDERS", 1
)  # connections that newsletters use at once, all issues together
# milliseconds that a mail may have been decided on before it goes out; 0: the one before has to be answered for first
NEWSLETTER_AHEAD = env.integer("NEWSLETTER_AHEAD", 2)
NEWSLETTER_BATCH = 50  # rows a sender takes in hand at once
NEWSLETTER_LEASE = env.integer("NEWSLETTER_LEASE", 30)  # seconds until rows in hand of a killed sender go back
NEWSLETTER_SENDING_LEASE = env.integer("NEWSLETTER_SENDING_LEASE", 45)  # the same while handed over; > EMAIL_TIMEOUT
NEWSLETTER_DOUBT = env.integer("NEWSLETTER_DOUBT", 600)  # seconds until a mail in doubt is sent again, same Message-ID
# --- logs -----------------------------------------------------------------------------------------------------------
DJANGO_STRUCTLOG_CELERY_ENABLED = True  # the request's id goes along with the task
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # DEBUG: one line per request, when it is done
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20  # INFO; Django itself warns of each, once is enough
LOGGING = logging_for(env.text("LOG_LEVEL", "WARNING"), as_json=env.boolean("LOG_JSON"))
