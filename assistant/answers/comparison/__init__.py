"""Comparison (对照)."""
