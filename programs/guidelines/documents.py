"""What a version says, as it is kept, read and compared.

{"lead": {...}, "house_rule": {...}, "sections": [{"question": "why", "text": {...},
 "cases": [{"verdict": "yes", "situation": {...}, "because": {...}}]}]}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.kit.differences import differences
from core.kit.markdown import plain_text, render
from core.kit.words import Words
from programs.guidelines.models import CaseAnswer, Guideline, Question

Document = dict[str, Any]


@dataclass(frozen=True)
class Case:
    verdict: str
    situation: Words
    because: Words

    @property
    def label(self) -> str:
        return str(CaseAnswer(self.verdict).label)


@dataclass(frozen=True)
class Answer:
    """One section as its reader sees it; `number` is its place among the seven questions."""

    question: str
    text: Words
    cases: list[Case]

    @property
    def number(self) -> int:
        return Question.values.index(self.question) + 1

    @property
    def title(self) -> str:
        return str(Question(self.question).label)

    @property
    def html(self) -> str:
        return render(self.text)


@dataclass(frozen=True)
class Change:
    """What is different in one section, in words: pieces in reading order, as `core.kit.differences` tells them."""

    question: str
    title: str
    number: int
    pieces: list[tuple[str, str]]


def document_of(guideline: Guideline) -> Document:
    """The working copy as the next version would keep it."""
    sections = {section.question: section for section in guideline.sections.prefetch_related("cases")}
    return {
        "lead": guideline.lead.texts,
        "house_rule": guideline.house_rule.texts,
        "sections": [
            {
                "question": question,
                "text": sections[question].text.texts,
                "cases": [
                    {"verdict": case.verdict, "situation": case.situation.texts, "because": case.because.texts}
                    for case in sections[question].cases.all()
                    if case.deleted_at is None
                ],
            }
            for question in Question.values
            if question in sections
        ],
    }


def parts_of(document: Document) -> list[Answer]:
    """The sections in which something stands, in the order of the questions."""
    return [
        Answer(
            row["question"],
            Words(row["text"]),
            [Case(case["verdict"], Words(case["situation"]), Words(case["because"])) for case in row["cases"]],
        )
        for row in document["sections"]
        if row["text"] or row["cases"]
    ]


def changes(before: Document, after: Document) -> list[Change]:
    """Section by section, in the reader's language; only where something is different there."""
    old, new = dict(_said(before)), dict(_said(after))
    return [
        Change(question, str(label), number, list(differences(old.get(question, ""), new.get(question, ""))))
        for number, (question, label) in enumerate([*Question.choices], start=1)
        if old.get(question, "") != new.get(question, "")
    ]


def _said(document: Document) -> Iterator[tuple[str, str]]:
    """Each section as plain text, its cases as lines of their own."""
    for part in parts_of(document):
        lines = [plain_text(part.text)]
        for case in part.cases:
            lines.append(f"{case.label}: {case.situation}" + (f" ({case.because})" if case.because else ""))
        yield part.question, "\n".join(line for line in lines if line)


def unanswered(document: Document) -> list[str]:
    """The questions without an answer, for who writes it."""
    said = {row["question"] for row in document["sections"] if row["text"]}
    return [str(question.label) for question in Question if question not in said]
