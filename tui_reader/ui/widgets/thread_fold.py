"""Which comments of a thread are in sight when some are folded, and where the cursor's steps lead; pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple


class Node(NamedTuple):
    """One comment's place in the tree; nodes stand in reading order."""

    key: str
    depth: int
    below: int
    """How many nodes hang below it; they are the next ones."""
    new_below: int = 0
    is_new: bool = False


class FoldedThread:
    """A thread with some branches folded.

    Nodes are numbered in reading order; a folded node is seen, what hangs below it is not.
    """

    def __init__(self, nodes: Sequence[Node], folded: Iterable[str] = ()) -> None:
        self.nodes = nodes
        self.number_of = {node.key: number for number, node in enumerate(nodes)}
        self._parents = _parents(nodes)
        self._folded: set[str] = set()
        self.visible: list[int] = []
        """The numbers of the nodes in sight, in order."""
        self.folded = frozenset(folded)

    @property
    def folded(self) -> frozenset[str]:
        """The keys of folded nodes; a node without answers cannot be folded."""
        return frozenset(self._folded)

    @folded.setter
    def folded(self, keys: Set[str]) -> None:
        numbers = ((key, self.number_of.get(key)) for key in keys)
        self._folded = {key for key, number in numbers if number is not None and self.nodes[number].below}
        self._see()

    def _see(self) -> None:
        folded = self._folded
        if not folded:
            self.visible = list(range(len(self.nodes)))
            return
        visible: list[int] = []
        number, count = 0, len(self.nodes)
        while number < count:
            visible.append(number)
            node = self.nodes[number]
            number += 1 + (node.below if node.key in folded else 0)
        self.visible = visible

    def is_folded(self, number: int) -> bool:
        """Whether the node hides what hangs below it."""
        return self.nodes[number].key in self._folded

    def fold(self, number: int) -> bool:
        """Hide what hangs below a node; False when nothing does or it is hidden already."""
        node = self.nodes[number]
        if not node.below or node.key in self._folded:
            return False
        self._folded.add(node.key)
        self._see()
        return True

    def unfold(self, number: int) -> bool:
        """Show what hangs below a node; False when nothing was hidden."""
        if not self.is_folded(number):
            return False
        self._folded.discard(self.nodes[number].key)
        self._see()
        return True

    def fold_all(self) -> None:
        """Fold every node that has answers."""
        self.folded = frozenset(node.key for node in self.nodes if node.below)

    def unfold_all(self) -> None:
        """Show everything."""
        self.folded = frozenset()

    def fold_seen(self) -> None:
        """Fold every branch without anything new; branches with something new are open on the way to it."""
        self.folded = frozenset(
            node.key for node in self.nodes if node.below and not node.new_below and not node.is_new
        )

    def reveal(self, number: int) -> bool:
        """Unfold what hides a node; False when it was in sight."""
        hidden = False
        parent = self._parents[number]
        while parent is not None:
            if self.nodes[parent].key in self._folded:
                self._folded.discard(self.nodes[parent].key)
                hidden = True
            parent = self._parents[parent]
        if hidden:
            self._see()
        return hidden

    def seen_for(self, number: int) -> int:
        """The node itself when it is in sight, else the folded one that hides it."""
        return self.visible[self.row_of(number)]

    def row_of(self, number: int) -> int:
        """Where a node stands among those in sight; for a hidden one, where the one that hides it does."""
        return bisect_right(self.visible, number) - 1

    def parent(self, number: int) -> int | None:
        """The node that it answers."""
        return self._parents[number]

    def first_reply(self, number: int) -> int | None:
        """Its first answer."""
        return number + 1 if self.nodes[number].below else None

    def leave_branch(self, number: int) -> int | None:
        """The next node of the same or a smaller depth."""
        after = number + 1 + self.nodes[number].below
        return after if after < len(self.nodes) else None

    def sibling(self, number: int, step: int) -> int | None:
        """The next (1) or previous (-1) node with the same parent."""
        depth = self.nodes[number].depth
        if step > 0:
            after = self.leave_branch(number)
            return after if after is not None and self.nodes[after].depth == depth else None
        parent = self._parents[number]
        first = 0 if parent is None else parent + 1
        before: int | None = None
        # walked from the first sibling: each step jumps a whole branch
        while first < number:
            before = first
            first += 1 + self.nodes[first].below
        return before

    def top_level(self, number: int, step: int) -> int | None:
        """The next top-level node, or the previous one; from an answer back to the start of its branch."""
        top = number
        while (parent := self._parents[top]) is not None:
            top = parent
        if step < 0 and top != number:
            return top
        return self.sibling(top, step)

    def next_new(self, number: int, step: int) -> int | None:
        """The next (1) or previous (-1) new node, whether in sight or not; start before the first with -1."""
        at = number + step
        while 0 <= at < len(self.nodes):
            if self.nodes[at].is_new:
                return at
            at += step
        return None


def _parents(nodes: Sequence[Node]) -> list[int | None]:
    parents: list[int | None] = []
    path: list[int] = []
    for number, node in enumerate(nodes):
        del path[node.depth :]
        parents.append(path[-1] if path else None)
        path.append(number)
    return parents
