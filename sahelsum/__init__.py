"""sahelsum: English digests of German articles about the Sahel, made on your own machine."""

__version__ = "0.1.0"
