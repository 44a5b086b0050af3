"""The exchange standard itself, without Django: what entries look like, and whether one does."""
