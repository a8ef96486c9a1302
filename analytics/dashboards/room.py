from django.utils.translation import gettext_lazy as _

from analytics.dashboards import blocks, chapter, goals, last_week, picture
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import Action, Chapter, Place, Room, TakeAlong
from programs.membership.access import Ability

ROOM = Room(
    name="analytics.dashboards",
    belongs_to=("figures",),
    places=(
        Place("mine", _("My figures"), "chart-line", "analytics:mine", Ability.TAKE_PART, 40, short_label=_("Figures")),
        Place(
            "figures",
            _("Figures"),
            "chart-bar",
            "analytics:dashboard",
            Ability.SEE_AGGREGATES,
            60,
            not_on_phone_with="mine",
        ),
    ),
    actions=(
        Action(_("My figures"), "analytics:mine", Ability.TAKE_PART, 41, icon="chart-line"),
        Action(_("My posts"), "analytics:my_posts", Ability.TAKE_PART, 45, _("journal notes"), "notebook"),
        Action(_("Figures"), "analytics:dashboard", Ability.SEE_AGGREGATES, 60, icon="chart-bar"),
        Action(_("Catalogue of figures"), "analytics:kpi_catalogue", Ability.SEE_AGGREGATES, 63, icon="chart-bar"),
    ),
    chapters=(
        Chapter("figures", _("Figures"), "analytics:dashboard", chapter.figures, Ability.SEE_AGGREGATES),
        Chapter(
            "last_week",
            _("Last week"),
            "analytics:dashboard",
            last_week.last_week,
            Ability.SEE_AGGREGATES,
        ),
    ),
    take_along=(
        TakeAlong(
            _("My dossier, as a PDF"),
            _("Your figures by year, best posts, notes and roles: for you, to take along."),
            "analytics:my_dossier",
        ),
    ),
    goal_figures=goals.goal_figures,
    newsletter_blocks=(
        NewsletterBlock(
            "successes",
            _("What the group achieved"),
            _("in sentences, from groups of nine or more"),
            blocks.successes,
            icon="chart-line",
        ),
        NewsletterBlock(
            "chart-impressions",
            _("Chart: impressions"),
            _("the last six months as a picture, with words for who does not see it; frozen on the day of sending"),
            picture.block("impressions"),
            icon="chart-bar",
        ),
        NewsletterBlock(
            "chart-interactions",
            _("Chart: interactions"),
            _("the same for interactions"),
            picture.block("interactions"),
            icon="chart-bar",
        ),
        NewsletterBlock(
            "chart-activity",
            _("Chart: active people"),
            _("the same for the share who are active"),
            picture.block("activity_rate"),
            icon="chart-bar",
        ),
    ),
)
