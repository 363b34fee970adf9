"""Tests of sahelsum.read."""
