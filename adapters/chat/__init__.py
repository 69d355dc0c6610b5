"""What the doors of chats have in common."""
