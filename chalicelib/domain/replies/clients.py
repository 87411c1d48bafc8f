"""How mail programs mark quotes, signatures and history in HTML. Data only; docs/email.md says how to add a program.

Names are classes, ids, `name`s or `data-marker`s, in lower case and without the `x_` that Outlook on the web puts
before those of the mail it quotes.
"""

import re

QUOTES = frozenset({
    "yahoo_quoted",  # Yahoo
    "iscopyreplycontent", "isreplycontent", "ntes_not_fresh_sourceeditor",  # NetEase 163/126
    "alimail-quote", "alimail_quote",  # Alibaba
    "missive_quote", "tutanota_quote", "nylas-quote", "spark_quote", "front-blockquote", "clean_bq", "hs_reply",
    "zimbra_quote", "__quoted_text__", "qt", "quote-container", "mcntmcontainer", "mail-quote-collapse",
    "gwmail_quote", "reply-quote", "quotedtext", "quoted-text", "quoted_text", "airmail_quote", "bloop_original_html",
    "protonmail_quote_content", "wrapper_quote", "kmail_quote", "sh-quoted-content", "lark-mail-quote",
})  # fmt: skip
"""Elements that hold a quoted mail, whole."""

CITED = frozenset(
    {"gmail_quote", "protonmail_quote", "cite", "iosymail", "citation", "moz-quote", "quoted", "yandex_quote"}
)
"""Of a blockquote: that it is a quote. (A div of such a name may hold answers beside the quotes.)"""

ATTRIBUTIONS = frozenset({
    "gmail_attr", "moz-cite-prefix", "yahoo_quoted_header", "reply-intro", "airmail_on", "zmail_extra_hdr",
    "tutanota_quote_header",
    "gmail_quote_attribution", "front-quote-header", "sh-attribution", "__headers__", "gmail_extra_attr",
    "headerlineqt",
})  # fmt: skip

HISTORY = frozenset({
    "divrplyfwdmsg", "outlookmessageheader", "ms-outlook-mobile-reference-message",
    "mail-editor-reference-message-container",
    "stopspelling", "zwchr", "__divider__", "replyforwardheader", "reply_header", "originalmessageheader", "replyblock",
    "ecxdivrplyfwdmsg", "divtagdefaultwrapper_reply", "mailcontainerborderquote",
})  # fmt: skip
"""Elements with which older mail begins: it goes on to the end."""

MAYBE_HISTORY = frozenset({"appendonsend"})
"""Likewise, where a header block or an attribution follows."""

SIGNATURES = frozenset({
    "gmail_signature", "gmail_signature_prefix", "moz-signature", "ms-outlook-mobile-signature", "applemailsignature",
    "messagesignaturesection", "composer_signature", "protonmail_signature_block", "protonmail_signature_block-user",
    "protonmail_signature_block-proton", "front-signature", "k9mail-signature", "bloop_sign", "_rc_sig", "rc_sig",
    "mb_sig",
    "sh-signature", "cm_signature", "__sig_pre__", "__sig_post__", "tutanota_signature", "blue_signature", "sigblue",
    "signature",
    "signature_old", "outlooksignature", "hs_signature", "-x-evo-signature-wrapper", "-x-evo-signature",
    "email-signature",
    "email_signature", "mail-signature", "mailsignature", "emailsignature", "nylas-signature", "wisestamp_signature",
    "sigcontent",
    "zmail_signature", "zm_signature", "spike-signature", "edo-signature", "edo-link", "typeapp_signature",
    "superhuman-signature", "mobile_signature", "mail_signature", "hey-signature", "missive_signature",
    "ms-outlook-ios-signature",
    "ntes-pcmac-signature", "xm_compose_origin_mobile_signature", "defaultsignature", "sig", "signatur",
    "aolmail_signature", "zimbra_signature", "imail_signature", "zm-_id_-sgn", "gmail_default_signature",
    "lark-mail-signature",
})  # fmt: skip

FORWARDED = frozenset({"moz-forward-container", "forwarded-message", "missive_forward", "yahoo_forwarded"})

QUOTE_NAMES = frozenset({"quote", "messagereplysection"})
"""`name` attributes of elements that hold a quoted mail: GMX and Web.de, Spark."""


_SIGNATURE = re.compile(r"^(?:signature\b|sig\d+$|-x-evo-signature)|[-_]signature$|^ydp.*signature$")
"""Names that many programs make up for signatures."""


def bare(name: str) -> str:
    """A class or id as this table has it: lower case, without what other programs put before it."""
    name = name.strip().lower()
    while name.startswith("x_"):
        name = name[2:]
    if name.startswith("ecx"):
        return name[3:]
    if name.startswith("yahoo_quoted"):
        return "yahoo_quoted" if name != "yahoo_quoted_header" else name
    return "signature" if _SIGNATURE.search(name) else name
