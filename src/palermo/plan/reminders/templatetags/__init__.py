"""What pages and mails of reminders say."""
