"""Which comments of a thread are in sight when some are folded, and where the cursor's steps lead; pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple


class Node(NamedTuple):
    """One comment's place in the tree."""

    key: str
    depth: int
    below: int
    """How many nodes hang below it; they are the next ones."""
    new_below: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """All nodes in reading order, a list for each of their properties.

    Not a list of nodes: ten thousand small objects more set the garbage collector to work for longer
    than all the rest takes.
    """

    keys: list[str] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    new_below: list[int] = field(default_factory=list)
    is_new: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.keys)

    def insert(self, at: int, node: Node) -> None:
        """Put a node in; counts of those above it are the caller's."""
        self.keys.insert(at, node.key)
        self.depths.insert(at, node.depth)
        self.below.insert(at, node.below)
        self.new_below.insert(at, node.new_below)
        self.is_new.insert(at, node.is_new)


class FoldedThread:
    """A thread with some branches folded.

    Nodes are numbered in reading order; a folded node is seen, what hangs below it is not.
    """

    def __init__(self, tree: Tree, folded: Iterable[str] = ()) -> None:
        self.tree = tree
        self.number_of = {key: number for number, key in enumerate(tree.keys)}
        self._parents = _parents(tree.depths)
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
        self._folded = {key for key, number in numbers if number is not None and self.tree.below[number]}
        self._see()

    def _see(self) -> None:
        folded = self._folded
        if not folded:
            self.visible = list(range(len(self.tree)))
            return
        visible: list[int] = []
        keys, below = self.tree.keys, self.tree.below
        number, count = 0, len(keys)
        while number < count:
            visible.append(number)
            number += 1 + (below[number] if keys[number] in folded else 0)
        self.visible = visible

    def is_folded(self, number: int) -> bool:
        """Whether the node hides what hangs below it."""
        return self.tree.keys[number] in self._folded

    def fold(self, number: int) -> bool:
        """Hide what hangs below a node; False when nothing does or it is hidden already."""
        if not self.tree.below[number] or self.is_folded(number):
            return False
        self._folded.add(self.tree.keys[number])
        self._see()
        return True

    def unfold(self, number: int) -> bool:
        """Show what hangs below a node; False when nothing was hidden."""
        if not self.is_folded(number):
            return False
        self._folded.discard(self.tree.keys[number])
        self._see()
        return True

    def fold_all(self) -> None:
        """Fold every node that has answers."""
        self.folded = frozenset(
            key for key, below in zip(self.tree.keys, self.tree.below, strict=True) if below
        )

    def unfold_all(self) -> None:
        """Show everything."""
        self.folded = frozenset()

    def fold_seen(self) -> None:
        """Fold every branch without anything new; branches with something new are open on the way to it."""
        tree = self.tree
        self.folded = frozenset(
            key
            for key, below, new_below, is_new in zip(
                tree.keys, tree.below, tree.new_below, tree.is_new, strict=True
            )
            if below and not new_below and not is_new
        )

    def reveal(self, number: int) -> bool:
        """Unfold what hides a node; False when it was in sight."""
        hidden = False
        parent = self._parents[number]
        while parent is not None:
            if self.is_folded(parent):
                self._folded.discard(self.tree.keys[parent])
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
        return number + 1 if self.tree.below[number] else None

    def leave_branch(self, number: int) -> int | None:
        """The next node of the same or a smaller depth."""
        after = number + 1 + self.tree.below[number]
        return after if after < len(self.tree) else None

    def sibling(self, number: int, step: int) -> int | None:
        """The next (1) or previous (-1) node with the same parent."""
        depth = self.tree.depths[number]
        if step > 0:
            after = self.leave_branch(number)
            return after if after is not None and self.tree.depths[after] == depth else None
        parent = self._parents[number]
        first = 0 if parent is None else parent + 1
        before: int | None = None
        # walked from the first sibling: each step jumps a whole branch
        while first < number:
            before = first
            first += 1 + self.tree.below[first]
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
        while 0 <= at < len(self.tree):
            if self.tree.is_new[at]:
                return at
            at += step
        return None


def _parents(depths: Sequence[int]) -> list[int | None]:
    parents: list[int | None] = []
    path: list[int] = []
    for number, depth in enumerate(depths):
        del path[depth:]
        parents.append(path[-1] if path else None)
        path.append(number)
    return parents
