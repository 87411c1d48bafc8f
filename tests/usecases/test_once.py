"""What makes two requests the same (I12)."""

from chalicelib.usecases.once import request_once


def test_the_same_content_has_the_same_digest_whatever_it_made() -> None:
    one, two = request_once("ada", "key", ("a", "b"), "m-1"), request_once("ada", "key", ("a", "b"), "m-2")
    assert (one.digest, one.scope, one.key) == (two.digest, two.scope, two.key)
    assert one.result != two.result


def test_other_content_has_another_digest_also_where_the_texts_join_to_the_same() -> None:
    contents = [("a", "b"), ("ab",), ("a", "b", ""), ("", "a", "b"), ("a\0b",), ("b", "a")]
    assert len({request_once("ada", "key", content, "").digest for content in contents}) == len(contents)


def test_keys_count_per_associate() -> None:
    assert request_once("ada", "key", (), "").scope != request_once("bob", "key", (), "").scope


def test_broken_unicode_is_no_error() -> None:
    assert request_once("ada", "key", ("\ud800",), "").digest
