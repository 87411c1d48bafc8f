"""AWS: mail by SES, texts by End User Messaging, and the notices both publish."""
