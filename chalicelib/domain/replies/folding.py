"""Which lines of a mail are new, and what the others are."""

import re
from collections.abc import Sequence
from enum import StrEnum

from . import attributions, phrases, signatures, vocabulary
from .attributions import Strength
from .header_blocks import block_at, label_of, unknown_block_at
from .header_blocks import flattened as flattened_block
from .lines import Line, Mark, fold


class Kind(StrEnum):
    """Of a line, and of a folded part."""

    NEW = "new"
    QUOTE = "quote"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"


_AROUND = " -_=*#~:.>|—–[]<>："
_DASHED = re.compile(r"^[-_=*~—– ]{2,}|[-_=*~—–]{2,} ?:?$")
_RULE = re.compile(r"(?:[-_=*~–—] ?){5,}$")
_NUMBERED = re.compile(r"[>＞] ?[=≥]? ?(?:[€$£¥] ?)?\d++(?![.)] )|[>＞]{3} \S|[>＞]=")
_ONLY_LINK = re.compile(r"[(<\[]?https?://\S+[)>\]]?(?: ?>)?$")
_BROKEN_END = re.compile(r"> ?[^>]{2,40}[::]\s*$")
_GROUPWISE = re.compile(r"\s*>>> [^>]{1,100}(?:<[^>]{1,200}> )?\d{1,4}[./-]\d{1,2}[./-]\d{2,4} [^>]{1,20}>>>\s*$")
_WRAPPED = 50
"""Characters of a line that goes on in the next."""

_LONG_QUOTED, _SHORT_REST = 60, 30


class Folding:
    """The kinds of all lines; `forwarded`: the first line of a forwarded mail, which stays."""

    def __init__(self, lines: Sequence[Line], *, forwarded_subject: bool = False) -> None:
        self.lines = lines
        self.kinds = [Kind.NEW] * len(lines)
        self.forwarded: int | None = None
        self._forwarded_subject = forwarded_subject
        self._last_quoted = max((at for at, line in enumerate(lines) if line.quoted), default=-1)
        self._cut: int | None = None
        self._find_history()
        self._join_wrapped_quotes()
        self._find_signatures()

    # --- history -------------------------------------------------------------------------------------------------

    def _find_history(self) -> None:
        lines, quoted_before = self.lines, False
        position = 0
        while position < len(lines):
            line = lines[position]
            if line.blank:
                position += 1
                continue
            if not quoted_before and is_forward_marker(lines, position):
                self.forwarded = position
                return
            if line.quoted and not _GROUPWISE.match(line.text):
                self.kinds[position] = Kind.QUOTE
                quoted_before = True
            elif self._ends_new_text(position):
                return
            else:
                quoted_before |= self._note_attribution(position)
                if self.kinds[-1] is Kind.QUOTE and self.kinds[position] is Kind.QUOTE and self._cut is not None:
                    return
            position += 1

    def _ends_new_text(self, position: int) -> bool:
        """Is everything from this line on older? Then it becomes a quote, or stays if the mail forwards it."""
        if is_reply_above(self.lines[position].folded):
            if self._something_before(position):
                self._fold_from(position)
                return True
            self.kinds[position] = Kind.QUOTE
            return False
        if not begins_history(self.lines, position):
            return False
        start = self._with_rule_above(position)
        if self._forwarded_subject:
            self.forwarded = start
        else:
            self._fold_from(start)
        return True

    def _something_before(self, position: int) -> bool:
        return any(not line.blank for line in self.lines[:position])

    def _with_rule_above(self, position: int) -> int:
        above = position - 1
        while above >= 0 and self.lines[above].blank:
            above -= 1
        if above >= 0 and _RULE.match(self.lines[above].folded) and not self.lines[above].quoted:
            return above
        return position

    def _fold_from(self, start: int) -> None:
        self._cut = start
        self.kinds[start:] = [Kind.QUOTE] * (len(self.lines) - start)

    def _note_attribution(self, position: int) -> bool:
        """Folds the attribution that ends in this line, if one does; and all that follows, if no quote is marked."""
        lines = self.lines
        following = self._next(position)
        marked = Mark.ATTRIBUTION in lines[position].marks
        if marked:
            self.kinds[position] = Kind.QUOTE
            if following is None or self._any_quoted(following) or Mark.ATTRIBUTION in lines[following].marks:
                return True
            self._fold_from(position)
            return True
        if attributions.flattened(lines[position].folded):
            self._fold_from(position)
            return True
        found = attributions.ends_here(lines, position)
        if found is None:
            return False
        start, strength = found
        if following is not None and self._is_quote(following):
            self.kinds[start : position + 1] = [Kind.QUOTE] * (position + 1 - start)
            return True
        named = any("@" in line.folded for line in lines[start : position + 1])
        if strength is Strength.STRONG and (named or self._something_before(start)):
            self._fold_from(self._with_rule_above(start))
            return True
        return False

    def _next(self, position: int) -> int | None:
        for at in range(position + 1, len(self.lines)):
            if not self.lines[at].blank:
                return at
        return None

    def _is_quote(self, position: int) -> bool:
        """Marked as one; or in a border, which below an attribution is one up to its end."""
        lines = self.lines
        if lines[position].quoted:
            return True
        if Mark.BORDERED not in lines[position].marks:
            return False
        at = position
        while at < len(lines) and (lines[at].blank or Mark.BORDERED in lines[at].marks):
            lines[at].quoted = max(lines[at].quoted, 1)
            at += 1
        return True

    def _any_quoted(self, start: int) -> bool:
        return start <= self._last_quoted

    def _join_wrapped_quotes(self) -> None:
        """The end of a quoted line that a mail server broke in two stands without a mark between quoted lines."""
        lines = self.lines
        for at in range(1, len(lines) - 1):
            above, below = lines[at - 1], lines[at + 1]
            if self.kinds[at] is Kind.NEW and above.quoted and below.quoted and not lines[at].blank:
                if _ONLY_LINK.match(lines[at].folded):
                    self.kinds[at] = Kind.QUOTE
                short = len(lines[at].folded) <= _SHORT_REST and lines[at].text[:1].islower()
                if short and len(above.text) >= _LONG_QUOTED and above.text.lstrip().startswith(">"):
                    self.kinds[at] = Kind.QUOTE

    # --- below the text ------------------------------------------------------------------------------------------

    def _find_signatures(self) -> None:
        end = len(self.lines) if self.forwarded is None else self.forwarded
        self._fold_warning(end)
        start = None
        for at in range(end + 1):
            new = at < end and (self.kinds[at] is Kind.NEW or self.lines[at].blank)
            if new and start is None:
                start = at
            elif not new and start is not None:
                self._fold_below(start, at)
                start = None

    def _fold_warning(self, end: int) -> None:
        first = next((at for at in range(end) if not self.lines[at].blank), None)
        if first is None or not signatures.is_warning(self.lines[first].folded):
            return
        last = first + 1
        while len(self.lines[last - 1].text) >= _WRAPPED and last < end and not self.lines[last].blank:
            last += 1
        if self.kinds[first] is Kind.NEW and any(not line.blank for line in self.lines[last:end]):
            self._mark(first, last, Kind.DISCLAIMER)

    def _fold_below(self, start: int, end: int) -> None:
        """What ends one stretch of new text."""
        lines = self.lines
        for at in range(start, end):
            if Mark.SIGNATURE in lines[at].marks or (lines[at].folded and signatures.is_tag(lines[at].folded)):
                self._mark(at, at + 1, Kind.SIGNATURE)
        end = self._fold_notices(start, end)
        for find in (
            signatures.delimiter_in,
            signatures.ruled_contact_lines,
            signatures.contact_lines,
            signatures.last_contact_paragraph,
        ):
            found = find(lines, start, end)
            if found is not None:
                self._mark(found, end, Kind.SIGNATURE)
                return

    def _fold_notices(self, start: int, end: int) -> int:
        """Folds notices, paragraph by paragraph; returns where they begin, or the end if other text follows them."""
        first, at = end, start
        while at < end:
            if self._paragraph_begins(at, start):
                after = signatures.notice_end(self.lines, at, end, first_one=first == end)
                if after is not None:
                    self._mark(at, after, Kind.DISCLAIMER)
                    first, at = min(first, at), after
                    continue
            if self.kinds[at] is Kind.NEW and not self.lines[at].blank:
                first = end
            at += 1
        return first

    def _paragraph_begins(self, at: int, start: int) -> bool:
        if self.kinds[at] is not Kind.NEW or self.lines[at].blank:
            return False
        if at == start:
            return True
        above = self.lines[at - 1]
        return above.blank or self.kinds[at - 1] is not Kind.NEW or bool(_RULE.match(above.folded))

    def _mark(self, start: int, end: int, kind: Kind) -> None:
        for at in range(start, end):
            if self.kinds[at] is Kind.NEW:
                self.kinds[at] = kind


def is_forward_marker(lines: Sequence[Line], position: int) -> bool:
    """Does a forwarded mail begin here?"""
    line = lines[position]
    if Mark.FORWARDED in line.marks:
        return True
    core = line.folded.strip(_AROUND)
    if not core or len(core) > 120:
        return False
    dashed = bool(_DASHED.search(line.folded))
    if core not in vocabulary.forwards():
        return dashed and core.startswith(
            tuple(f"{each} " for each in ("forwarded by", "weitergeleitet von", "inoltrato da"))
        )
    return dashed or line.folded.endswith((":", "：")) or _label_follows(lines, position)


def _label_follows(lines: Sequence[Line], position: int) -> bool:
    following = [line for line in lines[position + 1 : position + 6] if not line.blank][:2]
    return any(label_of(line.folded) is not None for line in following)


def begins_history(lines: Sequence[Line], position: int) -> bool:
    """Does everything older begin here, by a separator, a header block or an element that programs put there?"""
    line = lines[position]
    if Mark.HISTORY in line.marks:
        return True
    if _is_original_marker(lines, position) or _GROUPWISE.match(line.text):
        return True
    ruled = Mark.SEPARATOR in line.marks
    if _RULE.match(line.folded):
        following = next((at for at in range(position + 1, min(position + 4, len(lines))) if not lines[at].blank), None)
        return following is not None and block_at(lines, following, after_separator=True) is not None
    return (
        block_at(lines, position, after_separator=ruled) is not None
        or flattened_block(line.folded)
        or unknown_block_at(lines, position)
    )


def _is_original_marker(lines: Sequence[Line], position: int) -> bool:
    folded = lines[position].folded
    core = folded.strip(_AROUND)
    if core not in vocabulary.originals():
        return False
    return bool(_DASHED.search(folded)) or _label_follows(lines, position)


def is_reply_above(folded: str) -> bool:
    """Is it the line above which a help desk looks for the reply?"""
    if folded.startswith("##-") or folded.endswith("-##"):
        return True
    return len(folded) <= 160 and any(each in folded for each in phrases.REPLY_ABOVE)


def repair(lines: list[Line]) -> None:
    """Undoes what programs do to attributions: glue them to other words, or break them so that a ">" leads a line."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.quoted == 0 and line.folded.endswith(":"):
            start = attributions.glued(line.text)
            if start is not None:
                lines.insert(at + 1, Line(line.text[start:], fold(line.text[start:]), 0, line.marks))
                lines[at] = Line(line.text[:start].rstrip(), fold(line.text[:start]), 0, line.marks)
        elif line.quoted == 1 and at and _BROKEN_END.match(line.text) and vocabulary.wrote().search(line.folded):
            above = lines[at - 1]
            if not above.quoted and ("<" in above.text or "@" in above.text):
                line.quoted, line.folded = 0, f"> {line.folded}"
        at += 1


def release_lists(lines: Sequence[Line]) -> None:
    """Lines with ">" that their writer meant as a list or as code are no quotes: nobody is named who wrote them.

    They count numbers ("> 10 pieces"), or stand below a sentence with a colon, in a mail without an attribution.
    """
    if any(_names_writer(lines, at) for at in range(len(lines))):
        return
    start = None
    for at in range(len(lines) + 1):
        marked = at < len(lines) and lines[at].quoted > 0
        if marked and start is None:
            start = at
        elif not marked and start is not None:
            if _is_list(lines, start, at):
                for line in lines[start:at]:
                    line.quoted = 0
            start = None


def _names_writer(lines: Sequence[Line], at: int) -> bool:
    """Within a quote only what is surely an attribution: iPhones quote it along with the rest."""
    found = attributions.ends_here(lines, at)
    return found is not None and (lines[at].quoted == 0 or found[1] is Strength.STRONG)


def _is_list(lines: Sequence[Line], start: int, end: int) -> bool:
    if not lines[start].text.lstrip().startswith((">", "＞")):
        return False
    if all(_NUMBERED.match(line.text.lstrip()) for line in lines[start:end]):
        return True
    above = next((line for line in reversed(lines[max(0, start - 2) : start]) if not line.blank), None)
    return (
        above is not None
        and above.folded.endswith(":")
        and vocabulary.prose(frozenset()).search(above.folded) is not None
    )
