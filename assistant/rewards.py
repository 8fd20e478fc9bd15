"""Rewards (奖励): who reported first, and what became of it."""
