"""Program, Membership, Role: THE place where roles and abilities are defined."""
