"""Which characters no line begins or ends with."""

NEVER_FIRST = frozenset(
    "、。，．・：；？！゛゜´｀¨＾ヽヾゝゞ々ー’”）〕］｝〉》」』】〗〙〟°′″℃％‰ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥·"
    ",.!?;:)]}»›"
)
"""What no line begins with, in scripts that break anywhere else: it clings to what is before."""

NEVER_LAST = frozenset("‘“（〔［｛〈《「『【〖〘〝￥＄￡([{«‹")
"""What no line ends with there: it clings to what follows."""
