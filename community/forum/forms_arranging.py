from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forum.forms import BoardChoice
from community.forum.models import TITLE, Board, Post, Topic
from community.forum.queries import topics_to_merge
from core.kit.forms import Form


class SplitForm(Form):
    """Which posts become a topic of their own, and what it is called."""

    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(), label=_("Posts"), error_messages={"required": _("Please choose at least one post.")}
    )
    title = forms.CharField(
        label=_("What is the new topic called?"),
        max_length=TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please say in one sentence what it is about.")},
    )
    board = BoardChoice(label=_("Board"), queryset=Board.objects.none(), empty_label=None)

    def __init__(self, *args: Any, topic: Topic, boards: list[Board], **more: Any) -> None:
        super().__init__(*args, **({"initial": {"board": topic.board_id}} | more))
        fields: Any = self.fields
        fields["posts"].queryset = topic.posts.present().filter(number__gt=1)
        same = [board.pk for board in boards if board.readers == topic.board.readers]
        fields["board"].queryset = Board.objects.filter(pk__in=same)


class MergeForm(Form):
    """Where everything said in a topic goes on."""

    into = forms.ModelChoiceField(
        Topic.objects.none(),
        label=_("Topic"),
        error_messages={
            "required": _("Please choose a topic."),
            "invalid_choice": _("This topic no longer exists or has different readers. Please choose another one."),
        },
    )

    def __init__(self, *args: Any, user: Any, topic: Topic, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["into"]
        field.queryset = topics_to_merge(user, topic)
