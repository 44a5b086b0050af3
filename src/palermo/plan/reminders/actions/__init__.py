"""Every write of reminders."""
