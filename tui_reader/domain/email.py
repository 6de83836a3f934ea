"""What passes for an e-mail address."""

import re

# as is_email() in WordPress's wp-includes/formatting.php: ASCII only, and a domain of at least two parts
_ADDRESS = re.compile(
    r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?",
    re.IGNORECASE | re.ASCII,
)


def is_address(text: str) -> bool:
    """Whether blogs take this as an e-mail address."""
    return _ADDRESS.fullmatch(text) is not None
