"""What is said of attachments that cannot be shown."""


def with_media_notice(body: str, media_count: int) -> str:
    """The text, with a line that tells the associate how many attachments came along unseen."""
    if media_count == 0:
        return body
    things = "1 attachment" if media_count == 1 else f"{media_count} attachments"
    notice = f"[{things}, which cannot be shown here]"
    return f"{body}\n{notice}" if body.strip() else notice
