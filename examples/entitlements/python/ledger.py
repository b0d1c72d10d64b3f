"""What users may use. In memory, for an example: a real service has a database, and `externalRef` is unique in it."""

from __future__ import annotations

from typing import TypedDict


class Grant(TypedDict):
    """Credits that a user was given, for something that happened elsewhere: a payment, a support case.

    Attributes:
        balance: the user's credits, this grant included.
        credits: of this grant.
        externalRef: names what happened elsewhere. One name is credited once, however often it is sent.
        user: who was given them.
    """

    balance: int
    credits: int
    externalRef: str
    user: str


class Ledger:
    """Balances, and the grants that they are made of."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._balances: dict[str, int] = {}
        self._grants: dict[str, Grant] = {}

    def balance_of(self, user: str) -> int:
        """The credits of a user."""
        return self._balances.get(user, 0)

    def find(self, external_ref: str) -> Grant | None:
        """The grant of this name, where there is one already."""
        return self._grants.get(external_ref)

    def credit(self, user: str, external_ref: str, amount: int) -> Grant:
        """Give credits to a user."""
        balance = self.balance_of(user) + amount
        grant: Grant = {"balance": balance, "credits": amount, "externalRef": external_ref, "user": user}
        self._balances[user] = balance
        self._grants[external_ref] = grant
        return grant
