"""Attributions, header blocks, tag lines and forwards of every language, in the places where programs put them."""

from html import escape

import pytest

from chalicelib.domain.replies import Kind, extract_reply
from tests.domain.replies.reading import table

ANSWER = "Thanks, the blue one please.\n\nTom"
OLDER = "Hello Tom,\n\nwe have it in blue and in red.\n\nAnn"
ATTRIBUTIONS, BLOCKS, TAGS, FORWARDS = map(table, ("attributions", "header_blocks", "tag_lines", "forwards"))
WEAK = ("Quoting", '"Ann Sample" <ann', "Zitat von", "Wednesday, May 1, 2024, 10:04:11 AM, you", "Вы писали")
"""Without a date or a name: an attribution only where a quote follows."""


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def names(rows: list[tuple[str, str]]) -> list[str]:
    return [f"{code}-{number}" for number, (code, _) in enumerate(rows)]


@pytest.mark.parametrize(("code", "line"), ATTRIBUTIONS, ids=names(ATTRIBUTIONS))
class TestAttributions:
    def test_above_a_marked_quote(self, code: str, line: str) -> None:
        reply = extract_reply(f"{ANSWER}\n\n{line}\n\n{quoted(OLDER)}\n", None)
        assert reply.newest == ANSWER
        assert {part.kind for part in reply.folded} == {Kind.QUOTE}

    def test_right_below_the_answer(self, code: str, line: str) -> None:
        assert extract_reply(f"{ANSWER}\n{line}\n{quoted(OLDER)}\n", None).newest == ANSWER

    def test_above_an_unmarked_quote(self, code: str, line: str) -> None:
        expected = ANSWER if not line.startswith(WEAK) else f"{ANSWER}\n\n{line}\n\n{OLDER}"
        assert extract_reply(f"{ANSWER}\r\n\r\n{line}\r\n\r\n{OLDER}\r\n", None).newest == expected

    def test_with_the_answer_below(self, code: str, line: str) -> None:
        assert extract_reply(f"{line}\n{quoted(OLDER)}\n\n{ANSWER}\n", None).newest == ANSWER

    def test_with_answers_between(self, code: str, line: str) -> None:
        mail = f"Hi Ann,\n\n{line}\n> In blue?\n\nYes.\n\n> And the size?\nM, as always.\n"
        assert extract_reply(mail, None).newest == "Hi Ann,\n\nYes.\n\nM, as always."

    def test_in_html_without_any_class(self, code: str, line: str) -> None:
        html = f"<p>Yes please</p><div>{escape(line)}</div><blockquote>{escape(OLDER)}</blockquote>"
        assert extract_reply(None, html).newest == "Yes please"


@pytest.mark.parametrize(("code", "block"), BLOCKS, ids=names(BLOCKS))
class TestHeaderBlocks:
    def test_in_plain_text(self, code: str, block: str) -> None:
        reply = extract_reply(f"{ANSWER}\r\n\r\n{block}\r\n\r\n{OLDER}\r\n", None)
        assert reply.newest == ANSWER
        assert {part.kind for part in reply.folded} == {Kind.QUOTE}

    def test_in_html_with_bold_labels(self, code: str, block: str) -> None:
        rows = "<br>".join(f"<b>{escape(row.replace('*', ''))}</b>" for row in block.splitlines())
        html = f'<p class=MsoNormal>Yes please<o:p></o:p></p><div><p class="MsoNormal">{rows}</p></div><p>{OLDER}</p>'
        assert extract_reply(None, html).newest == "Yes please"

    def test_in_html_with_a_paragraph_each(self, code: str, block: str) -> None:
        rows = "".join(f"<p>{escape(row)}</p>\n" for row in block.splitlines())
        assert extract_reply(None, f"<p>Yes please</p>{rows}<p>{OLDER}</p>").newest == "Yes please"

    def test_with_nothing_above(self, code: str, block: str) -> None:
        assert extract_reply(f"{block}\n\n{OLDER}", None).newest == ""

    def test_of_a_forwarded_mail(self, code: str, block: str) -> None:
        reply = extract_reply(f"Please see below.\n\n{block}\n\n{OLDER}", None, "FW: Your order 1042")
        assert reply.newest == f"Please see below.\n\n{block}\n\n{OLDER}".replace("  \n", "\n")
        assert reply.forwarded


@pytest.mark.parametrize(("code", "line"), TAGS, ids=names(TAGS))
class TestTagLines:
    def test_below_the_text(self, code: str, line: str) -> None:
        reply = extract_reply(f"{ANSWER}\n\n{line}\n", None)
        assert reply.newest == ANSWER
        assert [part.kind for part in reply.folded] == [Kind.SIGNATURE]

    def test_above_a_quote(self, code: str, line: str) -> None:
        mail = f"{ANSWER}\n\n{line}\n\nOn 1 May 2024, at 10:04, Ann <ann@shop.example> wrote:\n\n{quoted(OLDER)}\n"
        reply = extract_reply(mail, None)
        assert reply.newest == ANSWER
        assert [part.kind for part in reply.folded] == [Kind.SIGNATURE, Kind.QUOTE]


@pytest.mark.parametrize(("code", "marker"), FORWARDS, ids=names(FORWARDS))
class TestForwards:
    def test_stay_whole(self, code: str, marker: str) -> None:
        mail = f"Please see below.\n\nTom\n\n{marker}\n\n{OLDER}"
        reply = extract_reply(mail, None)
        assert reply.newest == mail
        assert reply.forwarded
        assert reply.folded == ()

    def test_stay_whole_without_a_word_above(self, code: str, marker: str) -> None:
        assert extract_reply(f"{marker}\n\n{OLDER}\n", None).newest == f"{marker}\n\n{OLDER}"

    def test_inside_a_quote_are_history(self, code: str, marker: str) -> None:
        mail = (
            f"{ANSWER}\n\nOn 1 May 2024, at 10:04, Ann <ann@shop.example> wrote:\n\n{quoted(marker)}\n{quoted(OLDER)}"
        )
        assert extract_reply(mail, None).newest == ANSWER
