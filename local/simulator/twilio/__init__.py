"""Twilio: texts and WhatsApp."""
