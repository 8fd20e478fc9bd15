"""Drafting (起草问法): a language model writes ways to ask for each clause of a new document, a person approves them."""

from assistant.drafting.approval import Decided, approve, reject
from assistant.drafting.drafts import Draft, Standing, pending, read_drafts
from assistant.drafting.prompt import Matter, matters
from assistant.drafting.run import Drafted, Order, Outcome, Report, draft_document

__all__ = [
    "Decided",
    "Draft",
    "Drafted",
    "Matter",
    "Order",
    "Outcome",
    "Report",
    "Standing",
    "approve",
    "draft_document",
    "matters",
    "pending",
    "read_drafts",
    "reject",
]
