"""Model runtimes behind one protocol; see :mod:`sahelsum.engines.base`."""
