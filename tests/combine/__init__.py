"""Tests of sahelsum.combine."""
