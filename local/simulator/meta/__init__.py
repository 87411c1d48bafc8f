"""WhatsApp at Meta."""
