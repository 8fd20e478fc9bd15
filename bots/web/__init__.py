"""The web channel: a chat page and the library of documents, rendered on the server."""
