"""The history of a deliverable: every act about it, from the audit trail and the steps of its returns."""
