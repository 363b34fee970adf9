"""Tests of sahelsum.engines."""
