"""The dialogue (对话): what a conversation is about, what it still has to ask, what an answer means."""
