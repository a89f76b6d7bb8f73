from goldthread.practice.protection.records import InitialConference, ProtectionPlan, ReviewConference, Section47

__all__ = ["InitialConference", "ProtectionPlan", "ReviewConference", "Section47"]
