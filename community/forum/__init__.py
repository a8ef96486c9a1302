"""Boards, topics, posts, what is new for whom, hosting, mails about it."""
