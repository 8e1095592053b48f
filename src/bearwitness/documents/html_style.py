"""The one style sheet of the pages that are written: nothing in it is fetched, and no font is named."""

from __future__ import annotations

from typing import Final

# The reader knows this sheet when it meets it again, by every character of it.
PAGE_CSS: Final = """\
html { font-family: sans-serif; line-height: 1.6; color: black; background: white; }
body { max-width: 42em; margin: 2em auto; padding: 0 1em; overflow-wrap: break-word; word-break: keep-all; }
pre { white-space: pre-wrap; border-inline-start: 3px solid gray; padding-inline-start: 1em; }
blockquote { margin-inline: 2em; }
figure { margin: 1em 0; }
figcaption { font-style: italic; }
img { max-width: 100%; }
table { border-collapse: collapse; }
th, td { border: 1px solid gray; padding: 0.3em 0.6em; text-align: start; vertical-align: top; }
footer { margin-top: 3em; border-top: 1px solid gray; }
@media print {
  @page { margin: 2cm; }
  body { max-width: none; margin: 0; padding: 0; }
  h1, h2, h3, h4, h5, h6 { break-after: avoid; }
  tr, figure, img { break-inside: avoid; }
  p, li { orphans: 2; widows: 2; }
}
"""
# What a page is called whose text has no heading.
UNTITLED: Final = {"ko": "문서", "en": "Document", "und": "Document"}
KEPT_SPACE: Final = "white-space:pre"
NOTE_PLACE: Final = "doc-endnotes"
NOTE_MARK: Final = "doc-noteref"
