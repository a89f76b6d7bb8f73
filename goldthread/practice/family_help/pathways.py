"""What may follow an assessment. Codes family_help.outcome; closure reasons are the census's (RC8, RC9)."""

PLAN = "child_in_need"
STRATEGY = "strategy_discussion"
CLOSES_AS = {"no_further_action": "RC8", "early_help": "RC9"}
DISCUSSION = "protection.strategy_discussion"  # by kind: rooms meet through the kernel
