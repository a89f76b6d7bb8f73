from goldthread.practice.protection.records import InitialConference, PreProceedings, ProtectionPlan, ReviewConference, Section47

__all__ = ["InitialConference", "PreProceedings", "ProtectionPlan", "ReviewConference", "Section47"]
