"""Words of the formats of office documents: names of styles, of settings, of kinds, of what a value can be."""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
absolute accelerator accent accept accounting across active activex addressee adjust adjustments after align aligned
alignment allow alpha alphabetical alternate alternating always anchor anchored angle annotation anywhere application
apply area arrow asian aspect at-least attached attr attrs auto automatic autowidth avoid axis back backdrop
background balance band baseline basic before begin behind below between bevel bibliography bidi binary bitmap bitmaps
blank blanks block body bold book bookmark bookmarks boolean border bordered borders both bottom boundary bounding
bounds brace bracket break browse bullet bullets button calc calculation callout cancel canvas caps caption capture
cell cells center centered certificate change changes char character characters chart chartcolorstyle chartex
chartstyle check chevron child chord chosung circle clean clear clip clipped clipping close closed closing cloud
clrmap clrscheme code collapse collapsing color colorful colors colour column columns comment comments
commentsextended commentsextensible commentsids comp compat compatibility compatible compatmode complex compress
compressed compression condensed config configuration configurations connector connectors connecttype consider content
contents contenttypes continuation continue continuous contour controls converted copies core corner corners country
creation crop cross cube current curve custom customized customxml cycles dark dash dashed data database datastore
datastyle datatypes datetime dcmitype dcterms decagon decimal deco default defaults define defined degree device
diagonal diagonally diagram diagrams dialog diamond digit digital dimension direction disable discard display
disregard distance distribute distributed distribution division docgrid docparts docs document documentfoundation
dodecagon donut dots dotted dotum double down drag draw drawing drawinglayer drawingml drawings drawn drawooo drop
duration dynamic east edge edit editing effect effectref effectreflst effects element elements ellipse ellipsis embed
embedded embeddings embolden emboss embossed emphasis empty enable enclosed endash endnote endnotes engrave enhanced
entries envelope envelopeaddress even event events every exact exactly example except exclude excluding expanded
experimental explorer export extended extension extent external externallinks extra factor false family features field
fields fill filled filter find first fixed flat flip floater floating floattable flow flowchart flys follow followed
following font fonts fonttable fontwork footer footers footnote footnotes footnotetext forbidden force foreground form
format formatted formatting former forms formula formulas forward forwards frame frames framing free from front full
fullwidth gallery general generator generic geometry glossary glossarydocument glow glue glyph gradient
gradientshapeok grammar graphic graphics grddl grid groove group groups gutter hair half halfwidth handles hang
hanging hangul hanja hashtag header headers heading headings height heights heptagon hexagon hidden hide hides high
highlight highlightcolor hollow homeplate horizontal horz html http https hybrid hyperlink hyperlinked hyphen
hyphenate hyphenation identifiers ideograph ideographic ignore illustration image images implementation incl include
inclusive increment indent indents independent index indexes inherit inline inner inset inside instance intense
interface internal internet interop invert inverted italic item itemprops items japanese join joinstyle jpeg
justification justified justify kashida keep keepnext kern kerning keyboard korean label labels landscape language
large last latent latin layer layers layout layouts leader leading least left legacy legal letter level levels library
light like limit line linear lines linesandchars linesonly linguistic link linked links list lists listtab load lock
locked lockrotation locks loext logical long loop lower lowercase lrtb macro macros mail main mainpart major manifest
manual margin margins markup match math matrix media medium mention menubar merge merged message meta metadata
metafile metric metrics microsoft middle mimetype minimum minor minute mirror mirrored mixed mode model moderately
modern modified modifiers modify month more mouse move moved multi multilevel multiline multiple name named names
narrow native nbsp negative next nogrp nolimit nomargins noncolored none normal norot norotation north noselect
notation note notes nothing number numbered numbering numberings numeric oasis object objects objs oblique octagon
office officeart officedocument officeooo officetheme offset offsets oleobject only ooxml opacity opaque open
opendocument openoffice openxml openxmlformats operator option options order ordered orient orientation origin
original ornament orphan orphans orthographic other outer outline outset outside over overflow overlap overlay
override oxml pack package padding page pages paint pair paper para paragraph paragraphs parallel parallelogram parent
part parts password paste path pattern pentagon people percent percentage perspective phonetic picture pictures pitch
placeholder plain plaintext plane plaque plus point points polygon polyline popup popupmenu portrait position
positioning positions post preferred prefix prefixes preformatted presentation presentationml preserve preset presets
preview previous print printer printersettings prior progress progressbar proof proofing prop properties property
proportional props prospect protect protected protection prst punctuation purl quick quotation quotations quote radial
radio range ratio readability readonly rect rectangle recto redline reference references reflection relation
relationship relationships relative relativeheight release rels repeat repeated replace report reset resolution
restart reverse reversed revision rgbcolor ribbon rich ridge right roman root rotate rotated rotation round rounded
rounding rows rtlgutter ruby ruler salutation sans saturation save scale scaled scene schema schemas scheme
schememapping screen script scripts scroll second section sections selected selection sender separate separating
separator sequence series serif settings setup shade shading shadow shadowed shape shapes shapetype sharp sheet
sheetprotection shift short show shown shrink shrinking shrinks side sides signature signatures simple simplepos
simplified single size sized sizerel sizes sizing skip slash slide small smooth snap soft solid solver sort sound
source sources south space spaces spacing span special speech spell spelling split spread spreadsheet spreadsheetml
square stack standard star starburst start state static statusbar stencil stop story straight stretch strict strike
strikethrough string stroke stroked strong structure style styles stylesheet stylesheets styleswitheffects subject
subscript subtitle subtle subtract suffix sunburst super superscript suppress surface surround swap swiss symbol
symbols syntax sysclr system table tableofcontents tableooo tables tabs target teardrop teletype text textbox theme
thick thickness thin thousand three through thumbnail thumbnailimage thumbnails tight tile time times tint title
toolbar toolpanel tooltip total tracked traditional trail trailing transform transition transitional transparency
transparent trapezoid traverse treat tree triangle triple true truncated type typeface types typographic unbreakable
under underline unicode uniform unit units unordered unresolved unrestricted update upper uppercase upright used user
valid validation value values variable variant vbadata vbaproject vector version versions verso vert vertical
vertically very view viewbox viewport views visibility visible visited wave wavy websettings wedge weight west white
whitespace wide widow widows width window windows with without word wordcompat wordml wordprocessing wordprocessingml
wordprocessor words wrap wrapped wrapping writer writing xforms xhtml xlink xmldsig xmlns year yields zero zoom
"""
_SHORT: Final = """
A a4 add all alt an and any app ar as asc at auto b bar bg bg1 bg2 big bmp bot box btn by c can cap cc ch chs cht cjk
cl clr cm col com cp cs css ctr cur cut d da dc dd de deg del dir div dk1 dk2 dml do doc dom dot dpi dr ds dsp dxa e
ea ean ed em emf emu en end eop eps exp ext f far fax fd few fit fly fo for fr ftn ftr g gap gb get gif go gr grp gs h
hal has hdr hex hi ht i id if in inc inf ink ins int is it ja job jp jpg k kai key ko kr l lc left len lf lg lib ln lo
lr lt lt1 lt2 ltr m mac map max mc med mid min ml mm mo mod ms mso mt mv mw n na nd ne net new nil no non not ns num
nw o obj odf odp ods odt odg of off ok old ole on one oo ooo op opt or org os out ovr p pad pc pct pdf per ph pi pic
pkg pl pm png pos prn ps pt px q r rc rdf red ref rel rev rgb rl row rpt rt rtf rtl s sa sans sc scr se set sg sid sig
sl sm sng so sp spc sq st std sub sup sun svg sw sz t tab tag tb tbl tc tif tl to toc top tr two tx tx1 tx2 txt u ui
uk ul un und up uri url urn us use utf v val var vba via vml vnd vt w web win wmf wne wp wpc wpg wpi wps wrd ww www wx
x xf xl xlsx xml xmp xsd xsi xsl y yes z zh zxx CN DE DPI EN FR GB IN JP KR SA TW US UK w14 w15 w16 wp14 w16se w16cid
w16cex w10 a14 phClr
"""
_EXACT: Final = """
http://www.w3.org/1999/xhtml http://www.w3.org/1999/xlink http://www.w3.org/1998/Math/MathML
http://www.w3.org/2001/XMLSchema http://www.w3.org/2001/XMLSchema-instance http://www.w3.org/2001/xml-events
http://www.w3.org/2002/xforms http://www.w3.org/2003/g/data-view# http://www.w3.org/TR/css3-text/
http://www.w3.org/1999/02/22-rdf-syntax-ns# http://purl.org/dc/elements/1.1/ http://purl.org/dc/terms/
http://purl.org/dc/dcmitype/ http://openoffice.org/2004/office http://openoffice.org/2004/writer
http://openoffice.org/2004/calc http://openoffice.org/2005/report http://openoffice.org/2009/office
http://openoffice.org/2009/table http://openoffice.org/2010/draw
urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0
urn:openoffice:names:experimental:ooxml-odf-interop:xmlns:form:1.0 urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0
urn:oasis:names:tc:opendocument:xmlns:of:1.2 urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0
urn:schemas-microsoft-com:vml urn:schemas-microsoft-com:mac:vml urn:schemas-microsoft-com:office:office
urn:schemas-microsoft-com:office:word http://docs.oasis-open.org/ns/office/1.2/meta/pkg#
http://docs.oasis-open.org/ns/office/1.2/meta/odf# http://docs.oasis-open.org/ns/office/1.2/meta/pkg#Document
http://docs.oasis-open.org/ns/office/1.2/meta/odf#ContentFile
http://docs.oasis-open.org/ns/office/1.2/meta/odf#StylesFile application/xml text/xml image/png image/jpeg
application/rdf+xml application/vnd.oasis.opendocument.text application/vnd.sun.xml.ui.configuration
[Content_Types].xml _rels/.rels mimetype content.xml styles.xml meta.xml settings.xml manifest.rdf
META-INF/manifest.xml ApplyParagraphMarkFormatToEmptyLineAtEndOfParagraph ApplyParagraphMarkFormatToNumbering
HiddenParagraphMarkPerLineProperties EmptyDbFieldHidesPara HeaderSpacingBelowLastPara HyphenateURLs dcterms:W3CDTF
vt:lpwstr word/vbaProject.bin base64Binary utf-8 windows-1252 x-symbol before after none auto true false on off even
odd left right top bottom both nil single start end continue restart Hangul Hans Hant Jpan Hang Arab Hebr Thai Ethi
Beng Gujr Khmr Knda Guru Cans Cher Yiii Tibt Thaa Deva Telu Taml Syrc Orya Mlym Laoo Sinh Mong Viet Uigh Geor bestFit
HeaderandFooter majorEastAsia minorEastAsia majorHAnsi minorHAnsi subSup undOvr lrTb lr-tb rl-tb tb-rl
Body_20_Text_20_2_20_Char Body_20_Text_20_3_20_Char UnxForceZeroExtLeading UpdateFromTemplate SaveGlobalDocumentLinks
PrintSingleJobs PrintBlackFonts PaintHellOverHeaderFooter IgnoreHiddenCharsForLineCalculation CurrentDatabaseCommand
CurrentDatabaseCommandType en-US en-GB fr-FR de-DE ko-KR ja-JP zh-CN zh-TW ar-SA hi-IN chapter LibreOffice
"""
WORDS: Final = frozenset(word for word in _WORDS.split() if len(word) > 3)
SHORT_WORDS: Final = frozenset(_SHORT.split())
EXACT: Final = frozenset(_EXACT.split()) | {
    "Times New Roman", "Courier New", "Arial", "Calibri", "Calibri Light", "Cambria", "Cambria Math", "Symbol",
    "OpenSymbol", "Wingdings", "Liberation Serif", "Liberation Sans", "Liberation Mono", "DejaVu Sans",
    "DejaVu Sans Mono", "Bitstream Vera Sans Mono", "'Times New Roman'", "'Courier New'", "'Liberation Serif'",
    "'Liberation Sans'", "'Liberation Mono'", "'DejaVu Sans'", "'DejaVu Sans Mono'", "'Bitstream Vera Sans Mono'",
    "Noto Sans CJK SC", "Noto Serif CJK SC", "'Noto Sans CJK SC'", "'Noto Serif CJK SC'", "Malgun Gothic", "맑은 고딕",
    "Batang", "바탕", "Gulim", "굴림", "Dotum", "돋움", "ＭＳ 明朝", "ＭＳ ゴシック", "宋体", "新細明體", "MS Mincho", "MS Gothic",  # noqa: E501
    "DejaVu Sans1", "Courier New1", "Courier", "No List", "No Spacing", "Arial Unicode MS",
}  # fmt: skip
