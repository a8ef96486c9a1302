"""The handbook to take along: a website that opens without a server, a PDF, a Word document, one Markdown file."""

import zipfile
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from django.http import FileResponse, HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.attachments.models import Attachment
from core.kit import languages
from core.kit.downloads import as_file
from core.kit.markdown import attachments_of, render
from core.kit.papers import CONTENT_TYPES, WRITERS
from core.kit.workplace import workplace
from programs.handbook import access, chapters, papers, queries
from programs.handbook.models import HandbookPage
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

STYLE = Path(__file__).with_name("data") / "site.css"


def response(user: "User", program: Program, kind: str) -> HttpResponse | FileResponse:
    """In the reader's language; what is written in another one only stands there in that."""
    name = _("Handbook %(program)s") % {"program": program.name}
    if kind == "md":
        text = HttpResponse(_markdown(user, program), content_type="text/markdown; charset=utf-8")
        return as_file(text, f"{name}.md")
    if kind in WRITERS:
        pages = _pages(user, program)
        files = queries.files_of(page.pk for _depth, page in pages)
        paper = papers.of(program, pages, queries.decisions_of(user, program), files)
        return as_file(HttpResponse(WRITERS[kind](paper), content_type=CONTENT_TYPES[kind]), f"{name}.{kind}")
    return as_file(FileResponse(_site(user, program), content_type="application/zip"), f"{name}.zip")


def _pages(user: "User", program: Program) -> list[tuple[int, HandbookPage]]:
    """All pages in reading order, each with its depth. One query."""
    by_parent: dict[int | None, list[HandbookPage]] = {}
    for page in queries.pages_for(user, program).defer("search"):
        page.program = program
        by_parent.setdefault(page.parent_id, []).append(page)

    def walk(parent: int | None, depth: int) -> list[tuple[int, HandbookPage]]:
        found = []
        for page in by_parent.get(parent, []):
            found += [(depth, page), *walk(page.pk, depth + 1)]
        return found

    return walk(None, 1)


def _markdown(user: "User", program: Program) -> str:
    pages = _pages(user, program)
    files = queries.files_of(page.pk for _depth, page in pages)
    parts = [f"# {_('Handbook %(program)s') % {'program': program.name}}"]
    for depth, page in pages:
        parts += [f"{'#' * (depth + 1)} {page.title}", str(page.text), papers.named(files.get(page.pk, []))]
        if found := chapters.table_of(program, page.chapter):
            header, rows = found[1].header, found[1].rows
            lines = [header, ["---"] * len(header), *rows]
            parts.append("\n".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |" for line in lines))
    decided = queries.decisions_of(user, program)
    if decided:
        parts.append(f"## {_('Decisions')}")
        parts += [f"**{row.number}** ({row.decided_on.isoformat()}): {row.text}" for row in decided]
    return "\n\n".join(part for part in parts if part) + "\n"


def _name(page: HandbookPage) -> str:
    return f"{slugify(page.title)[:60] or 'page'}-{page.pk}.html"


def _site(user: "User", program: Program) -> IO[bytes]:
    """On the disk while it is made and sent: all files of a handbook together may be larger than the memory."""
    pages = _pages(user, program)
    nav = [{"title": page.title, "href": _name(page), "depth": depth, "pk": page.pk} for depth, page in pages]
    shared = {"program": program, "nav": nav, "language": languages.current()}
    stream: IO[bytes] = TemporaryFile(dir=workplace())  # noqa: SIM115 - closed by the response
    wanted = {one for _depth, page in pages for one in attachments_of(page.text)}
    files = _files([page for _depth, page in pages], wanted)
    listed = queries.files_of(page.pk for _depth, page in pages)
    below = {pk: [(_address(row), row) for row in rows] for pk, rows in listed.items()}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(STYLE, "style.css")
        for (_depth, page), entry in zip(pages, nav, strict=True):
            here = {name: address for name, (address, _file) in files.items()}
            context = shared | {
                "page": page,
                "entry": entry,
                "html": render(page.text, pictures=here, files=here),
                "chapter": chapters.table_of(program, page.chapter),
                "files": below.get(page.pk, []),
            }
            archive.writestr(str(entry["href"]), render_to_string("programs/handbook/site_page.html", context))
        context = shared | {"decisions": queries.decisions_of(user, program)}
        archive.writestr("index.html", render_to_string("programs/handbook/site_index.html", context))
        for address, file in [*files.values(), *chain.from_iterable(below.values())]:
            with file.file.open("rb") as opened, archive.open(address, "w") as packed:
                copyfileobj(opened, packed)
    stream.seek(0)
    return stream


def _files(pages: list[HandbookPage], wanted: set[str]) -> dict[str, tuple[str, Attachment]]:
    """Pictures and files that the texts hold, each with its address within the archive."""
    here = [page.pk for page in pages]
    rows = Attachment.objects.present().filter(kind=access.KIND, target_id__in=here, pk__in=wanted)
    return {str(row.pk): (_address(row), row) for row in rows}


def _address(row: Attachment) -> str:
    return f"files/{row.pk}.{_ending(row.name)}"


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if ending.isascii() and ending.isalnum() and len(ending) <= 5 else "bin"
