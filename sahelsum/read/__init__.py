"""Reading: paths → sources → articles with their structure."""

from sahelsum.read.reader import ReadOptions, read_articles
from sahelsum.read.sources import Ignored, Scan, Source, find_sources, scan_sources

__all__ = ["Ignored", "ReadOptions", "Scan", "Source", "find_sources", "read_articles", "scan_sources"]
