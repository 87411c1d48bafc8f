"""Bytes to text, whatever charset a mail names, lies about or leaves out. Never an error: U+FFFD at worst."""

import codecs
import re
from functools import cache

# Names that mail programs use, and WHATWG's rule that a charset is read as its usual superset
# (https://encoding.spec.whatwg.org/#names-and-labels)
ALIASES = {
    "ansi": "cp1252", "ascii": "utf-8", "us-ascii": "utf-8", "usascii": "utf-8", "ansi_x3.4-1968": "utf-8",
    "646": "utf-8",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso_8859-1": "cp1252",
    "8859-1": "cp1252", "iso-8859-1-windows-1252": "cp1252", "8bit": "utf-8", "7bit": "utf-8", "unknown": "utf-8",
    "unknown-8bit": "utf-8", "x-unknown": "utf-8", "default": "utf-8", "default_charset": "utf-8", "_charset": "utf-8",
    "utf8mb4": "utf-8", "utf-8mb4": "utf-8", "utf": "utf-8", "unicode": "utf-16", "utf-8-sig": "utf-8",
    "cp65001": "utf-8",
    "unicode-1-1-utf-7": "utf-7", "unicode-2-0-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7", "utf-7-imap": "utf-7",
    "iso-8859-9": "cp1254", "iso8859-9": "cp1254", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "iso-8859-11": "cp874",
    "tis-620": "cp874", "tis620": "cp874", "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030", "cp936": "gb18030", "windows-936": "gb18030", "hz-gb-2312": "hz", "x-euc-cn": "gb18030",
    "chinesebig5": "big5hkscs", "big5": "big5hkscs", "cp950": "big5hkscs", "x-x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "iso-2022-jp": "iso2022_jp_3", "iso2022jp": "iso2022_jp_3", "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_3",
    "cp50221": "iso2022_jp_3", "csiso2022jp": "iso2022_jp_3", "x-euc-jp": "euc_jp", "eucjp-ms": "euc_jp",
    "cp51932": "euc_jp",
    "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949", "euc-kr": "cp949", "euckr": "cp949", "x-windows-949": "cp949",
    "ks_c_5601": "cp949", "ksc5601": "cp949", "windows-949": "cp949",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "x-macintosh": "mac_roman", "mac": "mac_roman",
    "x-mac-ce": "mac_latin2",
    "x-mac-centraleurroman": "mac_latin2", "x-mac-cyrillic": "mac_cyrillic", "x-mac-ukrainian": "mac_cyrillic",
    "x-mac-greek": "mac_greek", "x-mac-turkish": "mac_turkish", "x-mac-icelandic": "mac_iceland",
    "x-mac-croatian": "mac_croatian",
    "x-mac-romanian": "mac_romanian", "x-mac-japanese": "cp932", "koi8": "koi8-r", "koi8-ru": "koi8-u",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252", "win-1251": "cp1251", "win-1252": "cp1252", "win1251": "cp1251", "x-cp1250": "cp1250",
    "cp-850": "cp850",
    "x-user-defined": "cp1252", "iso-10646-ucs-2": "utf-16", "ucs-2": "utf-16", "iso-10646": "utf-16",
    "utf-16": "utf-16",
}  # fmt: skip

_NOT_TEXT = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"}
)
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PLAIN_NAME = re.compile(r"[\w.:+-]{1,40}")
_WINDOWS = re.compile(r"(?:windows|cp|win|ibm|x-cp|dos|microsoft)[-_]?(\d{3,5})\Z")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BEYOND_UTF8 = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "hz"})


def decode(data: bytes, charset: str | None) -> str:
    """The text of these bytes. `charset`: as the mail names it; None: it does not."""
    text = _decoded(data, codec_for(charset))
    return _SURROGATES.sub("\ufffd", text.replace("\0", ""))


@cache
def codec_for(charset: str | None) -> str | None:
    """The codec for a charset's name; None: no charset has it."""
    match = _PLAIN_NAME.match((charset or "").strip(" \"'=").lower())
    if match is None:
        return None
    name = ALIASES.get(match.group(), match.group())
    windows = _WINDOWS.match(name)
    for candidate in (name, f"cp{windows.group(1)}") if windows else (name,):
        try:
            info = codecs.lookup(candidate)
        except (LookupError, ValueError):
            continue
        if info.name not in _NOT_TEXT and getattr(info, "_is_text_encoding", True):
            return info.name
    return None


def _decoded(data: bytes, codec: str | None) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) if name == "utf-8" else 0 :].decode(name, "replace")
    if codec is None:
        return _guessed(data)
    if codec not in _BEYOND_UTF8 and _is_utf8(data):
        return data.decode("utf-8")
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return _nearly(data, codec)


def _is_utf8(data: bytes) -> bool:
    """Several bytes a character that are all right: no other charset looks so by chance."""
    if _MULTIBYTE.search(data) is None:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _nearly(data: bytes, codec: str) -> str:
    """A text with wrong bytes in it, or in another charset than it says."""
    text = data.decode(codec, "replace")
    wrong = text.count("\ufffd")
    right = sum(not character.isascii() for character in text[:100_000]) - wrong
    if right >= wrong or codec.startswith("utf-16"):
        return text
    return _guessed(data)


def _guessed(data: bytes) -> str:
    """Without a name: what its bytes look like."""
    if b"\x1b$" in data[:10_000] or b"\x1b(" in data[:10_000]:
        return data.decode("iso2022_jp_3", "replace")
    if data.count(b"\0", 0, 1000) > len(data[:1000]) // 4:
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        replaced = data.decode("utf-8", "replace")
    if len(_MULTIBYTE.findall(data)) > replaced.count("\ufffd"):
        return replaced
    return data.decode("cp1252", "replace")
