"""Dated code lists: `codes("cin.referral_source")`."""

from goldthread.ground.codes.code_lists import Code, CodeList, codes, names

__all__ = ["Code", "CodeList", "codes", "names"]
