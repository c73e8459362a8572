"""The project's own tools, run by ./run: set-up, tests, checks, benches, accuracy."""
