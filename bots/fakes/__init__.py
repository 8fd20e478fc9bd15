"""Fake platforms (假平台): they speak the real protocols over loopback, keep the quotas, fail as told, and have phones."""
