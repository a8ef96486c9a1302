from analytics.activities.models import Activity, ActivityTopic, HiddenMoment, SocialScore, WeekNote
from analytics.annotations.models import TimelineNote
from analytics.benefits.models import Benefit
from analytics.channels.models import Account
from analytics.connectors.models import Connection, Look, Server
from analytics.imports.models import ImportRun, TableShape
from analytics.kpis.models import Backing, Cell, CellDecision, PublishRequest, Target
from analytics.kpis.models_cost import CompanySpend, EquivalentPrice
from analytics.listening.models import ListenedName, ListeningSearch, Mention
from analytics.metrics.models import Echo, Edition, Post, PostId, PostListing, Reading, ReadingVersion, WeekTotal
from analytics.reports.models import DecisionWord, Report, ReportTemplate
from analytics.reports.models_master import ReportMaster
from analytics.reports.models_schedule import ReportRecipient, ReportSchedule
from analytics.reports.models_sharing import ReportLink
from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.models_objectives import CheckIn, KeyResult, Objective

__all__ = [
    "Account",
    "Activity",
    "ActivityTopic",
    "Backing",
    "Benefit",
    "Cell",
    "CellDecision",
    "CheckIn",
    "CompanySpend",
    "Connection",
    "DecisionWord",
    "Echo",
    "Edition",
    "EquivalentPrice",
    "HiddenMoment",
    "ImportRun",
    "KeyResult",
    "ListenedName",
    "ListeningSearch",
    "Look",
    "Mention",
    "Objective",
    "Post",
    "PostId",
    "PostListing",
    "PublishRequest",
    "Reading",
    "ReadingVersion",
    "Report",
    "ReportLink",
    "ReportMaster",
    "ReportRecipient",
    "ReportSchedule",
    "ReportTemplate",
    "Server",
    "SocialScore",
    "StrategyAim",
    "StrategyLine",
    "TableShape",
    "Target",
    "TimelineNote",
    "WeekNote",
    "WeekTotal",
]
