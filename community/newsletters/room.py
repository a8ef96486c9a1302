from django.utils.translation import gettext_lazy as _

from community.newsletters import blocks, jobs, keeping, news, queries, refusals, services, spots, tasks
from community.newsletters.models import Issue, NewsletterPart, NewsletterTemplate
from community.newsletters.models_audiences import SavedAudience
from community.newsletters.verbs import NewslettersVerb
from core.kit.deleting import Purge
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import Action, Every, Place, PublicNumber, Room, Search, Subject, Tab
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.standing import CountsOf

ROOM = Room(
    name="community.newsletters",
    numbers=(
        PublicNumber("people who will get an issue", "checks.Findings", "people", ("community:issue_checks",)),
        PublicNumber("people of each state of a sending", "pages.said", "guarded", ("community:issue_progress",)),
        PublicNumber(
            "how far a sending has come",
            "queries.done_of",
            "progress",
            ("community:issue_progress", "community:newsletters", "home:program"),
        ),
        PublicNumber("readers of a chosen audience", "reach._counts", "steadily", ("community:issue_checks",)),
        PublicNumber(
            "whether enough emails of an issue failed to say so",
            "queries.with_failures",
            "guarded",
            ("community:newsletters",),
        ),
        PublicNumber("people who opened a link", "clicks.count", "guarded", ("community:issue_progress",)),
        PublicNumber(
            "people who want the newsletter",
            "queries.readers",
            "steadily",
            ("community:issue_checks", "community:journey"),
        ),
    ),
    verbs=NewslettersVerb,
    concerns={
        NewslettersVerb.CLICKS_ON: _(
            "From the next newsletter on, it is counted how many people open a link. Who opened one is not kept."
        ),
        NewslettersVerb.CLICKS_OFF: _("Opened links in newsletters are no longer counted."),
    },
    belongs_to=("newsletters",),
    places=(Place("newsletters", _("Newsletter"), "mail", "community:newsletters", Ability.SEE_NEWSLETTERS, 50),),
    tabs=(Tab("newsletters", _("Newsletters"), "community:newsletters", Ability.SEE_NEWSLETTERS, 10),),
    actions=(
        Action(_("Newsletters"), "community:newsletters", Ability.SEE_NEWSLETTERS, 70, icon="mail"),
        Action(_("Write a newsletter"), "community:issue_new", Ability.WRITE_NEWSLETTERS, 71, icon="writing"),
    ),
    searches=(Search(_("Newsletters"), queries.find_issues, 40),),
    running=queries.being_sent,
    timetable=(
        Every(tasks.sweep, 15, _("Send newsletters that are due")),
        Every(tasks.count_links, 600, _("Count how many people opened the links of a newsletter, after a week")),
        Every(tasks.try_links, 60, _("Try the links in newsletters that are being written"), queue="networks"),
    ),
    queue="mail",
    newsletter_blocks=(
        NewsletterBlock(
            "signature",
            _("Signature"),
            _("who signs: the contact person who reads the replies, or somebody of the team"),
            blocks.signature,
            choices=blocks.signers,
            fill_one=blocks.signature_of,
            stands_alone=True,
            icon="signature",
        ),
    ),
    on_bounce=services.came_back,
    on_complaint=services.complained,
    on_consent={Purpose.NEWSLETTER: (services.wanted_again,)},
    on_restored=(services.hold_after_restore,),
    news=news.NEWS,
    subjects=(
        Subject(Issue, _("newsletter"), title=lambda issue: issue.subject or f"{issue.number}"),
        Subject(NewsletterTemplate, _("template for newsletters")),
        Subject(NewsletterPart, _("part for newsletters")),
        Subject(SavedAudience, _("audience for newsletters")),
    ),
    on_erasure=(jobs.forget_person,),
    retention=(
        Purge(Issue, along=keeping.forget_on_issues),
        Purge(NewsletterTemplate),
        Purge(NewsletterPart),
        Purge(SavedAudience),
        jobs.retention,
        CountsOf(refusals.LIMIT, Issue),
    ),
    spots={"issue": spots.issue},
)
