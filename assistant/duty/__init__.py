"""Duty (值班): who is on, and when."""
