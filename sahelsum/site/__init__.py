"""The reading room: an output folder as a static site, made from its data alone."""

from sahelsum.site.make import Made, make_site

__all__ = ["Made", "make_site"]
