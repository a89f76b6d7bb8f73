"""Census files for tests, written from the published format alone.

Nothing here imports the product, so that a mistake in the reader cannot hide behind the same mistake in its test files.
"""
