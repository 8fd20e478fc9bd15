"""What WeChat and WeCom share: the envelope of a callback, tokens, calls, and what each error code means."""
