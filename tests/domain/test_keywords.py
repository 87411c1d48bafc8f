"""STOP, START and HELP: the whole message, whatever it is dressed in, and nothing but the whole message."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import keywords, segments
from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.keywords import WORDING, Keyword, classify, next_consent

OUT = [
    "STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "OPT OUT", "OPT-OUT",
    "REMOVE", "TD", "ARRET", "ARRETE", "ARRETT",
]  # fmt: skip
IN = ["START", "YES", "UNSTOP"]
HELP = ["HELP", "INFO", "AIDE"]
EVERY = [(word, Keyword.STOP) for word in OUT] + [(word, Keyword.START) for word in IN]
EVERY += [(word, Keyword.HELP) for word in HELP]
FULL_WIDTH = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}


@pytest.mark.parametrize(("word", "keyword"), EVERY)
def test_every_listed_word_counts_in_every_dress(word: str, keyword: Keyword) -> None:
    dressed = [
        word, word.lower(), word.title(), f"  {word}\r\n", f"{word}.", f"“{word}”",
        f"'{word}'!", f"«{word}»", f"{word}?!",
        f"{word} 🛑", f"{word}👍🏽", f"{word} ❤️", f"{word} 👨‍👩‍👧", f"{word} 🇺🇸", f"{word} 1️⃣",
        f"{word} 🫨!", f"{word}\0",
        word.translate(FULL_WIDTH), "\u200b".join(word), f"\ufeff{word}\u200d", f"\u202e{word}\u202c", f"{word}\u00a0",
        "\u0301".join(word), f"`{word}`", f"*{word}*", f"_{word}_", f"~{word}~", f"#{word}", f"<{word}>",
    ]  # fmt: skip
    for text in dressed:
        assert classify(text) is keyword, ascii(text)


def test_accents_are_ignored() -> None:
    assert classify("arrêt") is classify("ARRÊTÉ") is classify("arre\u0302t") is classify("Ärrêt") is Keyword.STOP


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "...", "👍", "\0", "Please cancel my order", "STOP by tomorrow?", "yes please", "Yes, I'll take two",
        "The end", "stops", "nonstop", "can you help", "info@shop.example", "STOP STOP", "STOP 2", "1 STOP", "ST😀OP",
        "👍 yes", "STOP 👍 please", "don't stop", "ok", "da", "sure",
        "start!ed", "YESS", "ＹＥＳＳ", "СТОП", "停止", "\ud800",
    ],
)  # fmt: skip
def test_ordinary_talk_is_no_keyword(text: str) -> None:
    assert classify(text) is None, ascii(text)


@given(st.text(max_size=200))
def test_any_text_is_classified_without_error_and_regardless_of_case(text: str) -> None:
    assert classify(text) in (None, *Keyword)
    assert classify(f"{text}.") is classify(text)


@given(st.sampled_from(EVERY), st.text(st.characters(categories=["Zs", "Cf", "Mn", "Po", "Pd", "Ps", "Pe", "Cc"])))
def test_ignored_characters_never_matter(case: tuple[str, Keyword], noise: str) -> None:
    word, keyword = case
    assert classify(noise + word + noise) is keyword


@given(st.sampled_from(EVERY), st.from_regex(r"[B-CF-GJ-KW-Z0-9]{1,4}", fullmatch=True))
def test_a_keyword_with_more_words_is_ordinary_talk(case: tuple[str, Keyword], more: str) -> None:
    assert classify(f"{case[0]} {more}{more}") is None


@pytest.mark.parametrize("piece", ["\u0301\u0316", " ", "👍", "S", "\u200b", "!", "ﷺ", "\u1100\u1161"])
def test_long_texts_take_linear_time(piece: str) -> None:
    text = "STOP" + piece * (300_000 // len(piece))
    started = time.perf_counter()
    classify(text)
    assert time.perf_counter() - started < 10  # quadratic work takes minutes


STATES = {
    # keyword, said: (none, requested, opted_in, opted_out)
    (Keyword.STOP, "STOP"): ("opted_out", "opted_out", "opted_out", None),
    (Keyword.START, "START"): ("opted_in", "opted_in", None, "opted_in"),
    (Keyword.START, "unstop!"): ("opted_in", "opted_in", None, "opted_in"),
    (Keyword.START, "Yes 👍"): (None, "opted_in", None, "opted_in"),
    (Keyword.HELP, "HELP"): (None, None, None, None),
}


@pytest.mark.parametrize(("keyword", "said"), STATES)
def test_what_each_keyword_makes_of_each_state(keyword: Keyword, said: str) -> None:
    found = tuple(next_consent(state, keyword, said) for state in ConsentState)
    assert found == STATES[keyword, said]


NAME, PHONE = "Harbour & Co. Downtown", Address("+15550001234")
ANSWERS = {
    "stop": keywords.opt_out_confirmation(NAME),
    "start": keywords.opt_in_confirmation(NAME),
    "help": keywords.help_answer(NAME, PHONE),
    "ended": keywords.ended_answer(NAME, PHONE),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_every_answer_names_the_store_and_fits_one_segment(answer: str) -> None:
    assert NAME in answer
    assert segments.count(answer).segments == 1


def test_the_confirmation_of_stop_says_it_worked_and_how_to_come_back() -> None:
    assert "opted out" in ANSWERS["stop"]
    assert "START" in ANSWERS["stop"]


def test_help_says_how_to_stop_whom_to_call_and_what_it_may_cost() -> None:
    assert all(part in ANSWERS["help"] for part in ("STOP", PHONE, "Msg & data rates may apply"))


def test_an_ended_conversation_names_the_phone_to_call() -> None:
    assert PHONE in ANSWERS["ended"]
    assert "ended" in ANSWERS["ended"]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_our_own_answers_are_no_keywords(answer: str) -> None:
    assert classify(answer) is None


def test_every_keyword_has_a_version_of_its_wording() -> None:
    assert set(WORDING) == set(Keyword)
    assert len(set(WORDING.values())) == len(WORDING)


def test_names_with_braces_and_signs_stay_as_they_are() -> None:
    assert "{0} %s 50%" in keywords.help_answer("{0} %s 50%", PHONE)
