"""The plan itself: its register, its imports and its reports."""
