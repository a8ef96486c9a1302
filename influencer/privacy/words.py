"""Abilities in words, for the works council and the docs."""

from django.utils.translation import gettext_lazy as _

from programs.membership.access import Ability

ABILITIES = [
    (Ability.ENTER, _("has a home page in the program")),
    (Ability.BE_GUEST, _("sees events they are invited to as a guest, and handbook pages shown to guests")),
    (Ability.SEE_PROGRAM, _("sees phases, dates and contacts")),
    (Ability.TAKE_PART, _("own activities, own figures")),
    (Ability.SEE_AGGREGATES, _("sees figures for groups of k or more")),
    (Ability.SEE_REPORTS, _("reads reports")),
    (Ability.MAKE_REPORTS, _("makes reports")),
    (Ability.DECIDE, _("answers the decision a report asks for")),
    (Ability.MANAGE_PEOPLE, _("invites people, sees who takes part")),
    (Ability.MANAGE_PROGRAM, _("changes the program")),
    (Ability.WORK_ON_CHECKLISTS, _("works on checklists")),
    (Ability.IMPORT_COMPANY, _("imports the company page's figures")),
    (Ability.SEE_NEWSLETTERS, _("reads the newsletters")),
    (Ability.WRITE_NEWSLETTERS, _("writes newsletters")),
    (Ability.SEE_FORUM, _("reads the forum")),
    (Ability.WRITE_IN_FORUM, _("writes in the forum")),
    (Ability.HOST_FORUM, _("opens and moderates the forum")),
    (Ability.JOIN_EVENTS, _("is invited to events and says whether they are coming")),
    (Ability.EDIT_EVENTS, _("plans events, sees who is coming")),
    (Ability.SEE_DIRECTORY, _("reads what members share about themselves")),
    (Ability.APPEAR_IN_DIRECTORY, _("can share something about themselves in the directory")),
    (Ability.WRITE_HANDBOOK, _("writes the handbook and the decision log")),
    (Ability.WRITE_REVIEWS, _("holds reviews: their record, findings and actions")),
    (Ability.BOOK_HOURS, _("books office hours")),
    (Ability.OFFER_HOURS, _("offers office hours, reads questions sent in advance")),
    (Ability.SEE_CONFIGURATION, _("sees this page")),
    (Ability.SEE_LOGS, _("sees the log")),
]
