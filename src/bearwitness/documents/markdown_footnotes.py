"""Footnotes in Markdown, which its parser does not know: ``[^1]`` in the text, ``[^1]: words`` where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_LABEL: Final = r"\[\^([^\s\[\]]{1,200})\]"
_MARK: Final = re.compile(_LABEL)
_DEFINITION: Final = re.compile(_LABEL + ":")
_INDENT: Final = 4
NOTES: Final = "notes"


def add_footnotes(parser: Any) -> None:
    """Teach a parser footnotes.

    Its tokens are ``note_open`` and ``note_close`` around the blocks of a definition, with ``label`` in ``meta`` as it
    is written, and ``note_mark`` in a line. A mark that no definition answers stays text.
    """
    parser.block.ruler.before("reference", "note", _definition, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("link", "note_mark", _mark)


def note_key(label: str) -> str:
    """What makes two labels one."""
    return label.casefold()


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A definition: the rest of its line, lines that go on, and whatever is indented by four below it."""
    begin, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    found = None if state.is_code_block(start_line) else _DEFINITION.match(state.src, begin, end)
    if found is None:
        return False
    if silent:
        return True
    state.env.setdefault(NOTES, set()).add(note_key(found[1]))
    token = state.push("note_open", "", 1)
    token.meta = {"label": found[1]}
    token.map = [start_line, start_line]
    kept = state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line]
    outer, parent = state.blkIndent, state.parentType
    # The first line counts as indented like those that follow it.
    first = state.skipSpaces(found.end())
    state.blkIndent = outer + _INDENT
    state.bMarks[start_line], state.tShift[start_line] = found.end(), min(first, end) - found.end()
    state.sCount[start_line] = state.blkIndent
    state.parentType = "note"
    state.md.block.tokenize(state, start_line, end_line)
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line] = kept
    state.blkIndent, state.parentType = outer, parent
    state.line = max(state.line, start_line + 1)
    token.map = [start_line, state.line]
    state.push("note_close", "", -1)
    return True


def _mark(state: StateInline, silent: bool) -> bool:
    found = _MARK.match(state.src, state.pos, state.posMax)
    if found is None or note_key(found[1]) not in state.env.get(NOTES, ()):
        return False
    if not silent:
        state.push("note_mark", "", 0).meta = {"label": found[1]}
    state.pos = found.end()
    return True
