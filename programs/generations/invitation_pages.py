"""What an invited person reads: what taking part means, what is stored, who sees what, and the choices."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from core.kit import markdown
from core.people.models import User
from programs.consents import notices
from programs.generations.forms import JoinForm
from programs.generations.letters import contact_of
from programs.generations.models import Invitation
from programs.generations.tokens import token_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def standing(user: "User | AnonymousUser", invitation: Invitation) -> str:
    """Who looks at the page: `me` (signed in as the invited person), `other` (signed in as somebody else),
    `known` (has an account, not signed in) or `new` (no account yet)."""
    if user.is_authenticated:
        return "me" if user.email.lower() == invitation.email.lower() else "other"
    return "known" if User.objects.filter(email__iexact=invitation.email).exists() else "new"


def invitation(user: "User | AnonymousUser", invitation: Invitation, form: JoinForm) -> dict[str, Any]:
    token = token_of(invitation.pk)
    own = reverse("programs:invitation", args=[token])
    ticked = form.data.getlist("consents") if form.is_bound else []  # type: ignore[attr-defined]  # a QueryDict
    return {
        "invitation": invitation,
        "program": invitation.program,
        "generation": invitation.generation,
        "standing": standing(user, invitation),
        "has_begun": invitation.generation.start_on < timezone.localdate(),
        "sections": [(title, markdown.render(text)) for title, text in notices.participation()],
        "participation": notices.purpose("participation"),
        "purposes": [(text, text.key in ticked) for text in notices.purposes() if not text.is_required],
        "form": form,
        "contact": contact_of(invitation),
        "answer_url": reverse("programs:invitation_answer", args=[token]),
        "login_url": f"{reverse('account_login')}?next={own}",
        "logout_url": f"{reverse('account_logout')}?next={own}",
    }


def declined(invitation: Invitation) -> dict[str, Any]:
    """What a person reads who has said no: that nobody learns of it, and how to think again."""
    token = token_of(invitation.pk)
    return {
        "invitation": invitation,
        "program": invitation.program,
        "answer_url": reverse("programs:invitation_answer", args=[token]),
    }
