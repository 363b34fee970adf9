"""Tests of sahelsum.cli."""
