"""Channels of Slack, Teams and Mattermost."""
