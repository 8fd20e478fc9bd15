"""Raw copies of documents → clean text (导入)."""
