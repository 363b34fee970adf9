"""Records to Markdown pages and JSON sidecars. Nothing that differs between two runs may appear in them."""

from sahelsum.render.article import render_digest
from sahelsum.render.folder import render_combined
from sahelsum.render.sidecar import digest_from_json, digest_json

__all__ = ["digest_from_json", "digest_json", "render_combined", "render_digest"]
