"""A run: reading sources in batches of articles, making digests, one folder of output after the other, the report."""
