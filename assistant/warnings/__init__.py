"""Warnings (预警): relayed, called out to named persons, followed until each has answered."""
