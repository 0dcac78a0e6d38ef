"""Which rows count: none whose state says void, cancelled, unpaid or not approved, as SQL."""

from collections.abc import Mapping

from salesdash.ingest.mapping.plan import StatusRule
from salesdash.ingest.relation import literal

YES = ("yes", "y", "true", "1", "1.0", "x", "是", "√", "作废", "已作废", "取消", "已取消")
"""What a column of yes and no says."""


def counts(rule: StatusRule, fields: Mapping[str, str]) -> str:
    """False for void, cancelled, unpaid and unapproved rows; `fields`: name -> expression."""
    void = [_void(f"lower(trim(coalesce(c{i}, '')))", rule) for i in rule.columns]
    void += [f"lower(trim(coalesce(c{i}, ''))) in ({_listed(YES)})" for i in rule.flags]
    if rule.unpaid_is_void and "paid_at" in fields:
        void.append(f"{fields['paid_at']} is null")
    return f"not ({' or '.join(void)})" if void else "true"


def _void(status: str, rule: StatusRule) -> str:
    """Whether a status says that the row does not count; the company's words come first."""
    usual = "false"
    if rule.words:
        usual = f"regexp_matches({status}, {literal('|'.join(rule.words))})"
    own = ((rule.excluded, "true"), (rule.counting, "false"))
    whens = [f"when {status} in ({_listed(words)}) then {void}" for words, void in own if words]
    return f"case {' '.join(whens)} else {usual} end" if whens else usual


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(literal(word) for word in words)
