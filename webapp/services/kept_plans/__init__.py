"""Plans that never change, versions and drafts: at hand, and drawn, for whoever looks at them again."""

from webapp.services.kept_plans.charts import chart_of, drawn_before
from webapp.services.kept_plans.counts import PlanCounts, counts_of
from webapp.services.kept_plans.shelf import Kept, plan_of

__all__ = ["Kept", "PlanCounts", "chart_of", "counts_of", "drawn_before", "plan_of"]
