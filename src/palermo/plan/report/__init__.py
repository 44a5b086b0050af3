"""The annual report: narrative, editions and their files."""
