"""Opting out in one's own words (X6): what asks for it, in seven languages, and what does not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.addresses import Channel
from chalicelib.domain.intent import LONGEST, asks_to_stop

from .intent_sentences import ASKING, ORDINARY

_ASKING = [(language, sentence) for language, sentences in ASKING.items() for sentence in sentences]
_ORDINARY = [(language, sentence) for language, sentences in ORDINARY.items() for sentence in sentences]


@pytest.mark.parametrize(("language", "sentence"), _ASKING)
def test_who_asks_for_it_is_understood(language: str, sentence: str) -> None:
    assert asks_to_stop(sentence, Channel.SMS), language


@pytest.mark.parametrize(("language", "sentence"), _ORDINARY)
def test_ordinary_talk_is_left_alone(language: str, sentence: str) -> None:
    assert not asks_to_stop(sentence, Channel.SMS), language


def test_the_tables_are_as_large_as_promised() -> None:
    assert len(set(_ASKING)) >= 150
    assert len(set(_ORDINARY)) >= 300
    assert set(ASKING) == set(ORDINARY) == {"en", "es", "de", "fr", "it", "pt", "nl"}


@pytest.mark.parametrize(
    "dressed",
    [
        "PLEASE STOP TEXTING ME", "please   stop\ttexting me",
        "Please stop texting me!!! 😡😡", "please, stop texting me",
        "“Please stop texting me”", "please stop\u200b texting me", "Ｐｌｅａｓｅ ｓｔｏｐ ｔｅｘｔｉｎｇ ｍｅ",
        "please stop texting\nme",
        "(please stop texting me)", "*please stop texting me*", "please-stop-texting-me",
        "Hi.\r\nPlease stop texting me.\r\nBye",
    ],
)  # fmt: skip
def test_dress_does_not_matter(dressed: str) -> None:
    assert asks_to_stop(dressed, Channel.SMS)


@pytest.mark.parametrize(
    ("sentence", "channel", "asks"),
    [
        ("Please stop e-mailing me", Channel.EMAIL, True),
        ("Please stop e-mailing me", Channel.SMS, False),
        ("don't email me, text me", Channel.WHATSAPP, False),
        ("no more e-mails please", Channel.EMAIL, True),
        ("no more emails please", Channel.SMS, False),
        ("please don't text me, write a mail", Channel.EMAIL, False),
        ("stop sending me texts and emails", Channel.SMS, True),
        ("stop sending me emails and texts", Channel.EMAIL, True),
        ("stop contacting me", Channel.EMAIL, True),
        ("stop contacting me", Channel.CHAT, True),
        ("please stop texting me", Channel.WHATSAPP, True),
        ("Ich möchte keine E-Mails mehr erhalten", Channel.EMAIL, True),
        ("Ne m'envoyez plus de mails", Channel.SMS, False),
    ],
)  # fmt: skip
def test_words_for_another_channel_do_not_count(sentence: str, channel: Channel, asks: bool) -> None:
    assert asks_to_stop(sentence, channel) is asks


def test_what_is_quoted_was_said_by_somebody_else() -> None:
    assert not asks_to_stop("> please stop texting me\n> no more texts\nWhat is this about?", Channel.SMS)
    assert not asks_to_stop("I got “please stop texting me” as an answer, what is that?", Channel.SMS)
    assert not asks_to_stop("«Arrêtez de m'écrire», dit-elle", Channel.SMS)
    assert asks_to_stop("> Sale!\n> Answer STOP to opt out\nplease stop texting me", Channel.SMS)


def test_only_the_beginning_is_read() -> None:
    assert asks_to_stop("thanks. " * 100 + "stop texting me", Channel.SMS)
    assert not asks_to_stop("thanks. " * LONGEST + "stop texting me", Channel.SMS)


@given(st.text(max_size=400))
def test_any_text_is_read_without_error(text: str) -> None:
    assert asks_to_stop(text, Channel.SMS) in (True, False)


@pytest.mark.parametrize(
    "piece", ["stop texting ", "please ", "\u0301\u0316", ">", '"', "'a ", "i dont want to ", ",", "m'", "ﷺ"]
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    started = time.perf_counter()
    asks_to_stop(text, Channel.SMS)
    assert time.perf_counter() - started < 3  # quadratic work takes minutes
