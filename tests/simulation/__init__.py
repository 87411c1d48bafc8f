"""Real use cases and the real store in a world that breaks everything, from one seed. See docs/simulation.md."""
