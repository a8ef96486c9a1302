"""The numbers by which the store knows metrics, segments and periods; the process that reads files has no Django.

A test holds them against `analytics.metrics.models`.
"""

METRICS = {
    "impressions": 1,
    "members_reached": 2,
    "engagements": 3,
    "reactions": 4,
    "comments": 5,
    "reposts": 6,
    "saves": 7,
    "sends": 8,
    "clicks": 9,
    "link_clicks": 10,
    "video_views": 11,
    "followers_new": 12,
    "followers_total": 13,
    "page_views": 14,
    "unique_visitors": 15,
    "profile_viewers": 16,
    "followers_gained": 17,
    "watch_seconds": 21,
    "video_viewers": 22,
}
#: What lists of HR, sales and the website hold; no table of a network's figures may name them.
RECORDS = {"applications": 18, "hires": 19, "leads": 20, "web_traffic": 23}
#: May be summed over days, in the order in which people look for them; uniques and stocks may not.
ADDITIVE = (
    "impressions", "engagements", "reactions", "comments", "reposts", "clicks", "link_clicks", "saves", "sends",
    "video_views", "watch_seconds", "followers_new", "page_views",
)  # fmt: skip
SEGMENTS = {"": 0, "organic": 1, "sponsored": 2, "desktop": 3, "mobile": 4, "auto_invited": 5, "program": 6}
GRAINS = {"day": 1, "window": 2, "lifetime": 3}
