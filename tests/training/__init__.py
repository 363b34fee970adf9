"""Tests of the scripts in training/."""
