"""Every read of reminders."""
