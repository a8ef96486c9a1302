"""Single mails through an outbox."""
