"""Who asks the demo blog's REST API with an application password, and the comments they hand in by it."""

import base64
import hmac
import re
from datetime import datetime

from tui_reader.demo.addresses import Addresses
from tui_reader.demo.model import READER, Account, Added, Submission
from tui_reader.demo.wire import Request


def account_of(request: Request) -> Account | None:
    """Whose application password came along; a wrong one counts as none at all."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(token, validate=True).decode().partition(":")
    except ValueError:
        return None
    right = READER.application_password.replace(" ", "").encode()
    is_right = hmac.compare_digest(password.replace(" ", "").encode(), right)
    return READER if name == READER.username and is_right else None


def add_comment(to: Addresses, request: Request, account: Account, now: datetime) -> Added:
    """Hands in the comment that the request carries, by name of the account."""
    fields = request.json or request.form
    content = fields.get("content")
    if isinstance(content, dict):
        content = content.get("raw")
    return to.blog.add_comment(
        Submission(
            post_id=_number(fields.get("post")),
            parent_id=_number(fields.get("parent")),
            author=account.name,
            email=account.email,
            text=content if isinstance(content, str) else "",
            user_id=account.id,
        ),
        now,
    )


def _number(value: object) -> int:
    """A number as JSON or a form may give it; 0 when it is none."""
    text = str(value)
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0
