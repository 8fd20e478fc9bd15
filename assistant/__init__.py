"""The core of Yingda (应答): knowledge, ledger and desk; synchronous, no web framework, no vendor SDK."""
