"""Tests of sahelsum.render."""
