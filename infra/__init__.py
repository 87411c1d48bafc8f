"""From the source tree to a running stack: package, slim, localise, deploy."""
