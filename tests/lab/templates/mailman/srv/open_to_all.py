"""Make the list accept what anybody posts, with or without its own address in To."""

from mailman.config import config
from mailman.interfaces.action import Action


def open_to_all(mlist: object) -> None:
    mlist.default_nonmember_action = Action.accept
    mlist.require_explicit_destination = False
    mlist.administrivia = False
    config.db.commit()
