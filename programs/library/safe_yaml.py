"""YAML of strangers, as plain nodes: nothing in it can make the reader work long, build an object, or mean two things.

Its events are looked at one by one before anything is composed: no anchors and aliases (a few lines of them unfold to
gigabytes), no tags, no directives, one document, so deep and no deeper. Only then nodes are made, and no values at all:
what reads them takes words as words, so that `no` and `on` stay what somebody wrote.
"""

from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _

MOST_BYTES = 400_000
MOST_EVENTS = 60_000
DEEPEST = 12


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line, and how it becomes right."""

    line: int  # 0: the file as a whole
    text: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(text)s") % {"line": self.line, "text": self.text} if self.line else self.text


class BadFile(Exception):
    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = list(faults)


def decoded(data: bytes) -> str:
    """The text of a file; UTF-8 with or without a mark at its beginning."""
    if len(data) > MOST_BYTES:
        raise BadFile(too_long(len(data)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadFile(
            Fault(line, _("These characters are not UTF-8. Please save the file as text in UTF-8 and try again."))
        ) from None


def nodes(text: str) -> yaml.MappingNode:
    """The file as nodes with their lines."""
    if (size := len(text.encode("utf-8", "surrogatepass"))) > MOST_BYTES:
        raise BadFile(too_long(size))
    if not text.strip():
        raise BadFile(Fault(0, _("There is nothing in it. Please paste a template or choose a file.")))
    try:
        _look_through(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise BadFile(_not_yaml(error)) from None
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        raise BadFile(_unreadable(text, error)) from None
    if not isinstance(root, yaml.MappingNode):
        line = root.start_mark.line + 1 if root is not None else 1
        told = _("A template starts with names such as “name:” and “phases:”. An export shows what it looks like.")
        raise BadFile(Fault(line, told))
    return root


def _look_through(text: str) -> None:
    depth = documents = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader), start=1):
        line = event.start_mark.line + 1  # type: ignore[union-attr]  # of what was read there is a place
        if count > MOST_EVENTS:
            raise BadFile(Fault(line, _("The file has too many entries. Please split it into several templates.")))
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                told = _("A second document starts here (---). Please import each template by itself.")
                raise BadFile(Fault(line, told))
            if event.version or event.tags:
                told = _("Lines that start with % are not read. Please delete them.")
                raise BadFile(Fault(max(line - 1, 1), told))
        if isinstance(event, yaml.AliasEvent):
            told = _("“*%(name)s” refers to another place. Please write out what belongs here.")
            raise BadFile(Fault(line, told % {"name": str(event.anchor)[:60]}))
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            told = _("YAML anchors (“&%(name)s”) are not supported. Please delete it.")
            raise BadFile(Fault(line, told % {"name": str(event.anchor)[:60]}))
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            told = _("“%(tag)s” is a type, which is not read here. Please delete it and leave the words.")
            raise BadFile(Fault(line, told % {"tag": event.tag[:60]}))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise BadFile(
                    Fault(line, _("This is nested too deeply. A template has phases, and phases have items."))
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def too_long(size: int) -> Fault:
    told = _("The file has %(size)s KB; at most %(most)s KB are read. Please split it into several templates.")
    return Fault(0, told % {"size": -(-size // 1000), "most": MOST_BYTES // 1000})


def _not_yaml(error: yaml.MarkedYAMLError) -> Fault:
    problem = error.problem or ""
    # of what is not closed, or has no colon, the beginning is what one looks for: its end is noticed lines later
    is_open = "end of stream" in problem or "could not find expected ':'" in problem
    mark = (error.context_mark if is_open else None) or error.problem_mark
    return Fault(mark.line + 1 if mark else 0, _hint(problem))


def _hint(problem: str) -> str:
    """What the parser stumbled over, as somebody can mend it who has never read its manual."""
    if "tab" in problem or "cannot start any token" in problem:
        return _(
            "A value cannot start with a tab or a character such as @ or %. "
            "Use spaces for indentation and put the value in quotes."
        )
    if "mapping values are not allowed" in problem or "simple key" in problem:
        return _(
            "A colon is in the way. Please put the whole text in quotes, and check that the indentation is the same."
        )
    if "end of stream" in problem:
        return _("A quotation mark is opened and not closed. Please close it.")
    return _("The indentation or a character is wrong here. Indent all lines of a list by the same number of spaces.")


def _unreadable(text: str, error: Exception) -> Fault:
    """A character that YAML does not know, such as a control character."""
    if isinstance(error, UnicodeEncodeError):
        line = text[: error.start].count("\n") + 1
    else:
        position = getattr(error, "position", None)
        line = text.encode("utf-8", "surrogatepass")[:position].count(b"\n") + 1 if isinstance(position, int) else 0
    return Fault(line, _("There is an invisible control character. Please type this line again."))
