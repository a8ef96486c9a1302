from analytics.activities.models import Activity
from analytics.channels.models import Account
from analytics.imports.models import ImportRun
from analytics.kpis.models import Cell, PublishRequest, Target
from analytics.metrics.models import Post, PostId, Reading, ReadingBefore, WeekTotal
from analytics.reports.models import Report

__all__ = [
    "Account",
    "Activity",
    "Cell",
    "ImportRun",
    "Post",
    "PostId",
    "PublishRequest",
    "Reading",
    "ReadingBefore",
    "Report",
    "Target",
    "WeekTotal",
]
