"""Channels: bytes to Incoming, Outgoing to bytes, nothing else."""
