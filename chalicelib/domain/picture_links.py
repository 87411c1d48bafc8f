"""Links that open the page with the pictures of one message, where the message itself carries words only (N19)."""

PAGE = "/pictures"
"""Of the site."""


def link(site_url: str, token: str) -> str:
    """In the fragment, which browsers send to no server and name to no other page."""
    return f"{site_url}{PAGE}#{token}"
