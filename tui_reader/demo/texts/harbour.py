"""Harbour Notes, the English demo blog: its posts."""

from datetime import timedelta

from tui_reader.demo.model import BlogText, PostText, Said, Status
from tui_reader.demo.texts.crowd import crowd
from tui_reader.demo.texts.harbour_talk import AUTHOR, BAROMETER_TALK, LIGHTS_TALK, TIDE_TALK

_FROST = """<p>The slip was white this morning, for the first time since March. Not snow: frost, the thin
kind that squeaks. By nine the sun had taken the upper half, and the lower half stayed as it was, so that
for an hour the concrete carried a clean line across it, like the mark a bath leaves.</p>
<p>I walked down to take a picture and came back without one. Some things look better in a sentence.</p>
<p>If you were out early too, tell me what you saw. Nobody has said anything yet, so the floor is yours.</p>
"""

_TIDE = """<p>There is a tide table pinned beside the chandler’s door. It is printed in the capital, it is
right to the minute, and nobody in the harbour believes it before they have looked at the water.</p>
<p>I used to think that was stubbornness. After eleven years of <a href="%HOME%/">keeping this notebook</a>
I think it is the best manners towards a number that I know: <em>you are probably right, and I will
check.</em></p>
<figure class="wp-block-image"><img src="%HOME%/wp-content/uploads/lighthouse.png"
alt="The lighthouse at dusk, the sun half in the sea"
width="480" height="300" />
<figcaption>The Skerry light, twelve minutes after the printed sunset.</figcaption></figure>
<h2>What the table knows</h2>
<p>The moon, mostly. Given a place and a date, the table can tell you how high the water would stand if
nothing else were going on:</p>
<table>
<thead><tr><th>Day</th><th>High water</th><th>Printed</th><th>On the wall</th></tr></thead>
<tbody>
<tr><td>Monday</td><td>06:12</td><td>4.1 m</td><td>4.0 m</td></tr>
<tr><td>Tuesday</td><td>06:58</td><td>4.3 m</td><td>4.6 m</td></tr>
<tr><td>Wednesday</td><td>07:41</td><td>4.4 m</td><td>5.0 m</td></tr>
</tbody>
</table>
<p>On Wednesday it was sixty centimetres out, and the car park by the old ice house had a heron in it.</p>
<h2>What it does not know</h2>
<p>Everything that happened since it was printed. In the order in which they surprised me:</p>
<ol>
<li>the wind, above all a south-westerly that has had two days to lean on the sea;</li>
<li>the pressure: a deep low lifts the water by about a centimetre for each hectopascal;</li>
<li>the river, which arrives late and brown after rain in the hills;</li>
<li>and the harbour itself:
<ul>
<li>the new breakwater, which nobody has told the table about;</li>
<li>the sandbar, which moves in its sleep.</li>
</ul></li>
</ol>
<blockquote><p>“A forecast is a letter from somebody who has already left. You can learn a great deal from
it. You cannot ask it anything.”</p>
<p>— what Osk said when I read him this</p></blockquote>
<h3>How the old boats do it</h3>
<p>They keep both. The printed figure goes in the left column of the log, the wall goes in the right, and
the <strong>difference</strong> is what the skipper looks at. When the difference has the same sign three
days running, there is a reason, and somebody goes and finds it. It is the cheapest instrument on
board.<sup><a href="#note-1" id="ref-1">1</a></sup></p>
<p>I have started to do the same with promises, timetables and my own estimates.<sup><a href="#note-2"
id="ref-2">2</a></sup> Left column, right column, difference. Try it for a week and tell me below how your
signs came out.</p>
<hr />
<p id="note-1"><a href="#ref-1">1.</a> The dearest is the one that nobody reads.</p>
<p id="note-2"><a href="#ref-2">2.</a> The arithmetic behind the table is older than it looks; the <a
href="https://example.org/tides/harmonic-analysis">harmonic method</a> is a fine thing to read on a wet
Sunday.</p>
"""

_BAROMETER = """<p>The barometer in the hall is brass, weighs as much as a cat and is wrong by a constant.
The one on the shelf cost less than lunch and is wrong by a different constant. Together they are nearly
always right, so this weekend I wrote the forty lines that make them agree.</p>
<h2>The whole idea</h2>
<p>Nobody needs the absolute pressure. What matters is how <em>fast</em> it moves, so the program keeps
three hours of readings and looks at the slope:</p>
<pre><code class="language-python">from collections import deque

READINGS = deque(maxlen=36)          # one every five minutes

def tendency(now: float) -&gt; str:
    READINGS.append(now)
    change = now - READINGS[0]       # hectopascals in three hours
    if change &lt;= -6:
        return "take the washing in"
    if change &lt;= -2:
        return "falling"
    return "rising" if change &gt;= 2 else "steady"
</code></pre>
<p>A constant error drops out of the subtraction, which is why <code>READINGS[0]</code> does more good here
than any calibration would.</p>
<h2>What it says at sea</h2>
<p>The old words still fit, once you give each of them a number:</p>
<ul>
<li><strong>slowly</strong>: up to 1.5 hPa in three hours;</li>
<li><strong>quickly</strong>: up to 6 hPa;</li>
<li><strong>very rapidly</strong>: more than that, and by then you have noticed.</li>
</ul>
<p>The display is two characters wide, because that is what I had: <code>↓↓</code> means the washing.</p>
"""

_NAME = """<p>The club has bought a boat. She is five metres long, somewhere between green and grey, and
called <em>Unit 4</em>, which is what the hire company painted on her. We have until the end of the month to
do better.</p>
<p>The rules, such as they are:</p>
<ul>
<li>one name a comment, with a reason if you have one;</li>
<li>it has to be sayable over a bad radio, twice;</li>
<li>no puns on <em>buoy</em>. We have heard them. All of them.</li>
</ul>
<p>The harbour master reads the winner aloud at the supper. Go on, then.</p>
"""

_LETTERS = """<p>Every autumn I hang a corkboard in the harbour office for letters to the harbour master:
complaints, thanks, sketches of where the ladder ought to be. This year it is here as well.</p>
<p>Write yours below. <strong>I read each one before it goes up</strong>, because last year’s board had an
advertisement for roof tiles on it by the second morning. So do not worry if yours is not to be seen at
once: it is in the tray, and the tray gets emptied.</p>
"""

_LIGHTS = """<p>The winter lights came down this morning: forty-one metres of them, three bulbs dead, one
gull offended. Thank you to everybody who held the ladder, and to the two of you who held the person holding
the ladder.</p>
<p>The takings at the soup table go to the new rope for the training boats. It came to rather more than last
year, and a button.</p>
<p>I am closing the comments here, as the dates for next year will get their own post.</p>
"""

_KEY = """<p>The spare key to the boat shed has moved. It is no longer where everybody knew it was, which
was the trouble with it. Look under the third stone from the tap, the one with the white line through
it.</p>
<p>If you borrow the long oars, write it in the book. If you cannot find the book, it is under the long
oars.</p>
"""

HARBOUR = BlogText(
    title="Harbour Notes",
    tagline="Slow notes from a small port",
    folder="",
    language="en-GB",
    author=AUTHOR,
    utc_offset=timedelta(hours=1),
    answers=(
        "Thank you, %NAME%. I will carry that down to the quay and see what they say.",
        "You are the second to tell me so, %NAME%, and the first to say why.",
        "That goes in the right-hand column, %NAME%. Come back in a week and we will look at the difference.",
        "Well observed! Is that from your own window, %NAME%?",
    ),
    posts=(
        PostText(
            id=52,
            slug="first-frost-on-the-slip",
            title="First frost on the slip",
            age=timedelta(minutes=40),
            html=_FROST,
            categories=("Weather",),
        ),
        PostText(
            id=44,
            slug="what-the-tide-table-does-not-say",
            title="What the tide table does not say",
            age=timedelta(hours=26),
            html=_TIDE,
            talk=TIDE_TALK,
            categories=("Sea", "Numbers"),
        ),
        PostText(
            id=38,
            slug="a-barometer-in-forty-lines",
            title="A barometer in forty lines",
            age=timedelta(days=3, hours=4),
            html=_BAROMETER,
            talk=BAROMETER_TALK,
            categories=("Workbench", "Weather"),
        ),
        PostText(
            id=31,
            slug="name-the-boat",
            title="Name the boat",
            age=timedelta(days=5, hours=2),
            html=_NAME,
            talk=crowd(AUTHOR),
            categories=("Club",),
        ),
        PostText(
            id=23,
            slug="letters-to-the-harbour-master",
            title="Letters to the harbour master",
            age=timedelta(days=8, hours=6),
            html=_LETTERS,
            talk=(
                Said(
                    who="Tobias Fenn",
                    after=timedelta(days=8),
                    text="Dear harbour master, the second ladder ends one step above the water. At low "
                    "tide it ends nine.",
                    status=Status.HELD,
                ),
            ),
            categories=("Club",),
            holds_comments=True,
        ),
        PostText(
            id=17,
            slug="the-winter-lights-are-down",
            title="The winter lights are down",
            age=timedelta(days=13, hours=1),
            html=_LIGHTS,
            talk=LIGHTS_TALK,
            categories=("Club",),
            takes_comments=False,
        ),
        PostText(
            id=12,
            slug="the-key-under-the-third-stone",
            title="The key under the third stone",
            age=timedelta(days=21, hours=5),
            html=_KEY,
            talk=(
                Said(
                    who="Ines Caddow",
                    after=timedelta(hours=3),
                    text="Found it. The book was under the short oars.",
                ),
            ),
            categories=("Club",),
            password="limpet",  # noqa: S106  (it guards nothing)
        ),
    ),
)
