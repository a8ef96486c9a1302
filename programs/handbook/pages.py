"""What the pages of the handbook show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from core.attachments.files import Held, held_by
from core.comments.thread import thread_on
from core.kit import languages
from core.kit.characters import visible
from core.kit.markdown import attachments_of, render
from core.writing.access import find_draft
from programs.handbook import access, chapters, queries
from programs.handbook.changes import changes
from programs.handbook.forms import ApproveForm, PageForm
from programs.handbook.headings import places_in
from programs.handbook.linking import MOST_LINKING, linking_to
from programs.handbook.models import Decision, HandbookPage, HandbookVersion
from programs.membership.access import Ability, can
from programs.membership.models import Program
from programs.membership.tabs import tabs_of

if TYPE_CHECKING:
    from core.people.models import User

LONGEST_ASKED = 100
NEWEST = 5
MOST_VERSIONS = 100


def _around(user: "User", program: Program, page: HandbookPage | None = None) -> dict[str, Any]:
    """What stands beside every page of it: the tree, and what the reader may do."""
    return {
        "program": program,
        "tree": queries.tree(user, program, page),
        "writes": access.can_write(user, program),
        "tabs": tabs_of("program", user, program, "programs:handbook"),
    }


def front(user: "User", program: Program, asked: str) -> dict[str, Any]:
    words = visible(asked)[:LONGEST_ASKED]
    context = _around(user, program) | {"words": words}
    if words:
        return context | {"found": queries.found(user, program, words)}
    if context["writes"]:
        context["waiting"] = queries.waiting_for(user, program)[:NEWEST]
    context["newest"] = list(queries.newest(user, program)[:NEWEST])
    return context


def reading(user: "User", page: HandbookPage) -> dict[str, Any]:
    context = _around(user, page.program, page)
    chapter = chapters.table_of(page.program, page.chapter)
    before, behind = queries.neighbours(context["tree"], page)
    html, places = places_in(html_of(page))
    context |= {
        "page": page,
        "above": queries.above(page, drafts=context["writes"]),
        "html": html,
        "places": places,
        "other_language": _other_language(page),
        "chapter": chapter,
        "may_open_source": chapter is not None and _may_open(user, page.program, chapter[0].ability),
        "decisions": queries.DECIDED.rows(page=page.pk),
        "files": queries.files_of([page.pk]).get(page.pk, []),
        "before": before,
        "behind": behind,
    }
    context["newer_files"] = page.is_for_guests and not all(page.is_out(file) for file in context["files"])
    context["shares"] = not page.chapter and can(user, Ability.MANAGE_PROGRAM, page.program)
    if context["writes"]:
        context["comments"] = thread_on(user, access.KIND, page.pk)
        if access.can_approve(user, page) and not page.is_approved:
            context["approve_form"] = ApproveForm(initial={"version": page.version, "check_on": page.check_on})
    return context


def reading_as_guest(page: HandbookPage) -> dict[str, Any]:
    """The version that whoever leads the program let out, with the files of then."""
    page = page.as_guests_read()
    files = [file for file in queries.files_of([page.pk]).get(page.pk, []) if page.is_out(file)]
    html, places = places_in(html_of(page))
    words = {"html": html, "places": places, "other_language": _other_language(page)}
    return {"program": page.program, "page": page, "files": files, **words}


def _may_open(user: "User", program: Program, ability: str) -> bool:
    return not ability or can(user, Ability(ability), program)


def html_of(page: HandbookPage) -> SafeString:
    held = held_by(access.KIND, page.pk) if attachments_of(page.text) else Held()
    return render(page.text, pictures=held.pictures, files=held.files)


def _other_language(page: HandbookPage) -> str:
    """The language in which it stands there, where that is not the reader's: said above the text."""
    texts = page.text.texts
    own = languages.current()
    return "" if not texts or own in texts else languages.name_of(languages.shown_in(texts))


def draft_key(page: HandbookPage, language: str) -> str:
    return f"handbook_page:{page.pk}:{language}"


def form_for(user: "User", page: HandbookPage, language: str, data: QueryDict | None) -> PageForm:
    """What stands there in this language, or what of it somebody was writing when the connection went."""
    key = draft_key(page, language)
    stands = {"title": page.title.texts.get(language, ""), "text": page.text.texts.get(language, "")}
    initial: dict[str, Any] = stands | {"based_on": page.version}
    draft = find_draft(user, key) if data is None else None
    if draft is not None:
        initial |= {"text": draft.text}
        initial |= {name: value for name, value in draft.beside.items() if name in ("title", "based_on")}
    form = PageForm(data, page=page, language=language, initial=initial)
    form.fields["text"].widget.keep_draft(
        key, draft, beside=("title", "based_on"), stands=stands | {"based_on": str(page.version)}
    )
    return form


def languages_of(page: HandbookPage | None, current: str) -> dict[str, Any]:
    """A page is written in one language at a time: which are there, and which are missing."""
    written = page.title.texts if page else {}
    codes = languages.own_first(languages.codes())
    said = {code: {"code": code, "name": languages.name_of(code)} for code in codes}
    return {
        "languages": [said[code] | {"current": code == current, "is_missing": code not in written} for code in codes]
    }


@dataclass(frozen=True)
class ShownDecision:
    decision: Decision
    page_url: str  # nothing where the reader may not read it
    is_due: bool


def shown_decisions(user: "User", program: Program, rows: Iterable[Decision]) -> list[ShownDecision]:
    writes, today = access.can_write(user, program), timezone.localdate()
    return [
        ShownDecision(
            row,
            reverse("programs:handbook_page", args=[program.slug, row.page.pk])
            if row.page and row.page.deleted_at is None and (writes or row.page.is_published)
            else "",
            row.check_on is not None and row.check_on <= today,
        )
        for row in rows
    ]


def as_start(page: HandbookPage | None, language: str) -> dict[str, str]:
    """What a new page starts from: what another one says in this language, or in the one it has."""
    if page is None:
        return {}
    said = {name: getattr(page, name).texts for name in ("title", "text")}
    return {name: texts.get(language) or next(iter(texts.values()), "") for name, texts in said.items()}


def history(user: "User", page: HandbookPage, of: str, against: str) -> dict[str, Any]:
    """All versions, and what changed from one to another: from the one before to the newest, unless chosen."""
    versions = list(page.versions.select_related("by")[:MOST_VERSIONS])
    by_number = {str(each.number): each for each in versions}
    new = by_number.get(of, versions[0])
    older = [each for each in versions if each.number < new.number]
    old = by_number.get(against) or (older[0] if older else None)
    shown = []
    for code in languages.own_first(languages.codes()):
        before, after = _whole(old, code), _whole(new, code)
        if before != after:
            shown.append({"language": languages.name_of(code), "code": code, "changes": changes(before, after)})
    context = _around(user, page.program, page)
    context["linking"] = list(linking_to(page.program, [page.pk])[:MOST_LINKING])
    return context | {"page": page, "versions": versions, "new": new, "old": old, "shown": shown}


def _whole(version: HandbookVersion | None, language: str) -> str:
    if version is None:
        return ""
    parts = (version.title.texts.get(language, ""), version.text.texts.get(language, ""))
    return "\n\n".join(part for part in parts if part)
