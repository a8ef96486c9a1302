from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forum.forms_polls import PollForm
from community.forum.hosting import STEPS
from community.forum.interests import MOST_INTERESTS, interest
from community.forum.models import TEXT, TITLE, Board, Decision, Post, ReactionKind, Topic
from community.forum.services import post_draft, topic_draft
from core.kit.forms import Form
from core.writing.editing import Edit
from core.writing.forms import MarkdownField, MarkdownInput
from core.writing.models import Draft
from programs.directory.lines import LinesField
from programs.membership.models import Program

# kept with the draft of a new topic, by the names the fields have in the form
BESIDE = ("title", "board", *(f"poll-{name}" for name in PollForm.base_fields))
EMPTY = {"required": _("Please write something.")}


class PostForm(Form):
    """`key` is the number of the post to be, so that sending the form twice says it once."""

    text = MarkdownField(
        label=_("Answer"),
        max_length=TEXT,
        strip=True,
        widget=MarkdownInput(
            {"placeholder": _("Answer or ask a follow-up question; use @ to mention somebody")}, rows=5
        ),
        error_messages=EMPTY,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, topic: Topic, draft: Draft | None = None, **more: Any) -> None:
        initial = {"key": uuid4(), "text": draft.text if draft else ""}
        super().__init__(*args, **({"initial": initial, "auto_id": "post-%s"} | more))
        widget: Any = self.fields["text"].widget
        widget.hang_on("topic", topic.pk, files=True)
        widget.keep_draft(post_draft(topic), draft)


class BoardChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no types at run time
    def label_from_instance(self, board: Board) -> str:
        return board.title


class TopicForm(Form):
    """A question or another topic: the sentence first, then the rest."""

    title = forms.CharField(
        label=_("Your question or your topic, in one sentence"),
        max_length=TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please say in one sentence what it is about.")},
    )
    text = MarkdownField(
        label=_("What others should know"),
        max_length=TEXT,
        strip=True,
        help_text=_(
            "What have you tried, and when do you need it by? You can drop in pictures; use @ to mention somebody."
        ),
        widget=MarkdownInput(rows=8),
        error_messages=EMPTY,
    )
    board = BoardChoice(label=_("Board"), queryset=Board.objects.none(), empty_label=None, widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        program: Program,
        boards: list[Board],
        draft: Draft | None = None,
        title: str = "",
        at: str = "",
        text: str = "",
        **more: Any,
    ) -> None:
        kept = draft.beside if draft else {}
        wanted = next((board for board in boards if str(board.pk) == kept.get("board")), boards[0])
        board = next((board for board in boards if board.key == at), wanted)
        title = title or kept.get("title", "")
        text = text or (draft.text if draft else "")
        initial = {"key": uuid4(), "text": text, "title": title[:TITLE], "board": board.pk}
        super().__init__(*args, **({"initial": initial} | more))
        field: Any = self.fields["board"]
        field.queryset = Board.objects.filter(pk__in=[board.pk for board in boards])
        widget: Any = self.fields["text"].widget
        widget.hang_on("forum", program.pk, files=True)
        widget.keep_draft(topic_draft(program), draft, beside=BESIDE)


class UnaskedForm(Form):
    """What stood in the form of a new topic, as its draft keeps it."""

    text = forms.CharField(max_length=TEXT, required=False, strip=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in BESIDE:
            self.fields[name] = forms.CharField(max_length=TEXT, required=False, strip=False, widget=forms.Textarea)
        self.is_valid()
        self.kept = self.cleaned_data  # each field that can be kept

    @property
    def words(self) -> str | None:
        """None where it is none that can be kept: too long, or with signs that nobody sees."""
        return self.kept.get("text")

    @property
    def beside(self) -> dict[str, str]:
        return {name: self.kept[name] for name in BESIDE if self.kept.get(name)}


class EditForm(PostForm):
    """The words again, and the version that their writer had before the eyes."""

    key = None  # type: ignore[assignment]  # as Django takes a field away
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, post: Post, edit: Edit) -> None:
        super().__init__(*args, topic=post.topic, initial=edit.initial, auto_id="edit-%s")
        self.fields["text"].label = _("Your post")
        edit.keep_in(self.fields["text"].widget)


class VersionForm(Form):
    """Which version somebody had before the eyes; nothing when an address does not say."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class ReactionForm(Form):
    """The word, and whether it is said or taken back."""

    kind = forms.ChoiceField(choices=ReactionKind.choices)
    on = forms.BooleanField(required=False)


class TidyForm(Form):
    """A step of a host; `board` is where to move to."""

    do = forms.ChoiceField(choices=[(step, step) for step in (*STEPS, "move", "restore")])
    board = forms.SlugField(required=False, max_length=30)


class RemoveForm(Form):
    """Removing what others wrote takes a reason; it is for them."""

    because = forms.CharField(
        label=_("Why?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence. The author sees it in place of the post."),
        error_messages={"required": _("Please say why in one sentence. The author will read it.")},
    )


class ReportForm(Form):
    reason = forms.CharField(
        label=_("What should the hosts know?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The hosts read this sentence. Nobody is told who reported it, not even the hosts."),
        error_messages={"required": _("One sentence helps the hosts decide.")},
    )


class DecisionForm(Form):
    """What becomes of a reported post; a removal may say why, for its author."""

    decision = forms.ChoiceField(choices=Decision.choices)
    because = forms.CharField(label=_("A sentence for the author"), max_length=200, required=False)


class FollowForm(Form):
    """How loud a topic or a board is for me."""

    follows = forms.TypedChoiceField(
        choices=[("yes", _("Follow")), ("", _("Normal")), ("no", _("Mute"))],
        coerce=lambda word: {"yes": True, "no": False}[word],
        empty_value=None,
        required=False,
    )


class SeenForm(Form):
    """The number of the last post that was shown."""

    to = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class SettingsForm(Form):
    """What somebody is interested in, and what becomes of their words."""

    interests = LinesField(
        label=_("My topics"),
        read=interest,
        most=MOST_INTERESTS,
        help_text=_("One per line, e.g. “Photos”. You hear of new topics about them. Only you see this list."),
    )
    words_go = forms.TypedChoiceField(
        label=_("When I leave the program, my posts"),
        choices=[("no", _("stay readable, without my name")), ("yes", _("are deleted, quotes of them too"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        help_text=_("This happens 30 days after you leave; you can undo it until then."),
    )


class UntilForm(Form):
    """For undo: up to when everything counted as read before."""

    until = forms.DateTimeField(required=False)
