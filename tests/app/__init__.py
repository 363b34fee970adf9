"""Tests of sahelsum.app."""
