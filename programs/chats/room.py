from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Every, Room, Subject
from programs.chats import jobs, news, tasks
from programs.chats.models import Channel
from programs.chats.verbs import ChatsVerb
from programs.membership.access import Ability

ROOM = Room(
    name="programs.chats",
    verbs=ChatsVerb,
    concerns={
        ChatsVerb.ADDED: _("News of the program is now also posted to a channel of a chat program: %(thing)s."),
        ChatsVerb.ON: _("News of the program is now also posted to a channel of a chat program: %(thing)s."),
        ChatsVerb.OFF: _("Nothing is posted to the channel “%(thing)s” any longer."),
        ChatsVerb.STOPPED: _("Nothing is posted to the channel “%(thing)s” any longer."),
    },
    belongs_to=("program",),
    actions=(Action(_("Slack and Teams"), "programs:channels", Ability.MANAGE_PROGRAM, 70, icon="message-2"),),
    subjects=(Subject(Channel, _("channel"), "programs:channels", place=lambda channel: ()),),
    timetable=(Every(tasks.send, 60, _("Send chat channels what happened")),),
    retention=(jobs.retention,),
    news=news.NEWS,
)
