"""An entry as people read it and change it: its page, its form, and the words for both."""
