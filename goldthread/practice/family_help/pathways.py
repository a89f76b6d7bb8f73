"""What may follow an assessment. Codes family_help.outcome; closure reasons are the census's (RC8, RC9)."""

PLAN = "child_in_need"
PROTECTION_PLAN = "protection.protection_plan"  # the kind of the period that takes the plan’s place
STRATEGY = "strategy_discussion"
CLOSES_AS = {"no_further_action": "RC8", "early_help": "RC9"}
DISCUSSION = "protection.strategy_discussion"  # by kind: rooms meet through the kernel
