"""The control words of RTF that the reader knows: signs, code pages, and where groups belong."""

from __future__ import annotations

import re

# The part of Windows-1252 that Latin-1 leaves empty.
PUNCTUATION = re.compile(rb"[\x80-\x9f]")
# Windows code pages by the charset of a font.
CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "tab": "\t", "emdash": "—",
    "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n", b"\t": "\t"}
LITERALS = {b"\\", b"{", b"}"}
# Groups that are read, but beside the main text.
BESIDE = {
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "annotation",
    "shptxt", "info", "title", "subject", "keywords", "doccomm", "author", "company", "userprops",
}  # fmt: skip
# Groups that hold no text of the paper.
SKIPPED = {
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator",
    "themedata", "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "fldinst", "nonshppict",
    "revtbl", "filetbl", "pnseclvl", "objdata", "mmathPr", "wgrffmtfilter", "bkmkstart", "bkmkend",
    "atnid", "atnauthor", "atrfstart", "atrfend", "atndate", "atnref", "shpinst", "sp", "sn", "sv",
    "picprop", "blipuid", "passwordhash",
}  # fmt: skip
PASS_THROUGH = {
    "shpinst",
    "shprslt",
    "shppict",
}  # their own words are none, but text boxes and pictures in them
