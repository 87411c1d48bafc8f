"""Segments are counted as phone networks do (docs/requirements.md, Lengths)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.segments import _BASIC, _EXTENSION, Encoding, Segments, count

GSM, UCS = Encoding.GSM7, Encoding.UCS2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments(GSM, 0, 0, 160)),
        ("a", Segments(GSM, 1, 1, 160)),
        ("a" * 160, Segments(GSM, 160, 1, 160)),
        ("a" * 161, Segments(GSM, 161, 2, 153)),
        ("a" * 306, Segments(GSM, 306, 2, 153)),
        ("a" * 307, Segments(GSM, 307, 3, 153)),
        ("€" * 80, Segments(GSM, 160, 1, 160)),
        ("€" * 81, Segments(GSM, 162, 2, 153)),
        ("€" * 152, Segments(GSM, 304, 2, 153)),
        ("€" * 153, Segments(GSM, 306, 3, 153)),  # 76 fit a part, whose last septet stays empty
        ("a" * 152 + "€" + "a" * 152, Segments(GSM, 306, 3, 153)),  # the euro sign is not split
        ("a" * 151 + "€" + "a" * 153, Segments(GSM, 306, 2, 153)),
        ("ж", Segments(UCS, 1, 1, 70)),
        ("ж" * 70, Segments(UCS, 70, 1, 70)),
        ("ж" * 71, Segments(UCS, 71, 2, 67)),
        ("ж" * 134, Segments(UCS, 134, 2, 67)),
        ("ж" * 135, Segments(UCS, 135, 3, 67)),
        ("👍" * 35, Segments(UCS, 70, 1, 70)),
        ("👍" * 36, Segments(UCS, 72, 2, 67)),
        ("👍" * 67, Segments(UCS, 134, 3, 67)),  # 33 fit a part, whose last unit stays empty
        ("ж" * 66 + "👍" + "ж" * 66, Segments(UCS, 134, 3, 67)),  # the surrogate pair is not split
        ("`", Segments(UCS, 1, 1, 70)),
        ("ç", Segments(UCS, 1, 1, 70)),  # only the capital one is in the alphabet
        ("ÇàéèìòùΔΩ€\f", Segments(GSM, 13, 1, 160)),
        ("\0", Segments(UCS, 1, 1, 70)),
        ("\ud800", Segments(UCS, 1, 1, 70)),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_texts_of_known_size(text: str, expected: Segments) -> None:
    assert count(text) == expected


def test_the_alphabet_has_its_127_characters_and_the_extension_its_10() -> None:
    assert len(_BASIC) == 127
    assert len(_EXTENSION) == 10
    assert not _BASIC & _EXTENSION


def test_each_sign_of_the_extension_counts_twice() -> None:
    for sign in "^{}\\[~]|€":
        assert count(sign).units == 2


GSM_TEXT = st.text(st.sampled_from(sorted(_BASIC | _EXTENSION)), max_size=700)
ANY_TEXT = st.one_of(GSM_TEXT, st.text(max_size=400))


@given(ANY_TEXT)
def test_units_are_septets_or_utf_16_units(text: str) -> None:
    found = count(text)
    if found.encoding is UCS:
        assert found.units == len(text.encode("utf-16-le", "surrogatepass")) // 2
    else:
        assert found.units == len(text) + sum(text.count(sign) for sign in _EXTENSION)


@given(ANY_TEXT)
def test_segments_hold_the_text_with_at_most_one_unit_wasted_in_each(text: str) -> None:
    found = count(text)
    assert found.units <= found.segments * found.per_segment
    if found.segments > 1:
        assert found.units > (found.segments - 1) * (found.per_segment - 1)


@given(ANY_TEXT, ANY_TEXT)
def test_more_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert count(text + more).segments >= count(text).segments


@given(GSM_TEXT)
def test_one_foreign_sign_makes_the_whole_text_ucs_2(text: str) -> None:
    assert count(text).encoding is GSM
    assert count(text + "ж").encoding is UCS
