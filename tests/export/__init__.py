"""Tests of sahelsum.export."""
