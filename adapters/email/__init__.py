"""The email door: IMAP in, SMTP out."""
