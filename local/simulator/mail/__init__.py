"""The mail world: mailboxes, what they do, and the SMTP door."""
