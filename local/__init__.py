"""The one-machine cloud: emulator, gateway, simulator and demo data behind one origin. Never part of a deployment."""
