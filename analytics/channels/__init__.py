"""Accounts of people and of the company."""
