"""Carnet du port, the French demo blog, in a folder of its own."""

import re
from datetime import timedelta

from tui_reader.demo.model import BlogText, PostText, Said


def _composed(text: str) -> str:
    """With the spaces of French punctuation made unbreakable."""
    return re.sub(r" ([;:!?»])|(«) ", "\\2\N{NO-BREAK SPACE}\\1", text)


_AUTEUR = "Maëlle Kerdoncuff"

_BAC = """<p>Le bac de sept heures part à sept heures quatre. Tout le monde le sait, sauf l’horaire.</p>
<p>Ces quatre minutes ont une histoire, et je suis allée la demander à Yann, qui tient la barre depuis
dix-neuf ans et la cafetière depuis vingt.</p>
<figure class="wp-block-image"><img src="%HOME%/wp-content/uploads/lighthouse.png"
alt="Le phare au couchant, vu du bac"
width="480" height="300" />
<figcaption>Vu du bac, le soir où personne n’était pressé.</figcaption></figure>
<h2>Les quatre minutes</h2>
<p>Au début, il y en avait une : celle de madame Tanguy, qui descendait la cale avec son vélo. Puis sont
venues :</p>
<ul>
<li>la minute du facteur, qui attend le camion, qui attend le pont ;</li>
<li>la minute des collégiens, « qui n’est jamais la même, mais qui est toujours là » ;</li>
<li>et la dernière, que Yann garde <strong>pour rien</strong>.</li>
</ul>
<blockquote><p>« Une minute pour rien, c’est celle qui fait que les trois autres tiennent. »</p></blockquote>
<h2>Ce que j’en retiens</h2>
<p>J’ai longtemps cru que la ponctualité consistait à retrancher. Sur l’eau, c’est le contraire : on ajoute
ce qu’il faut de mou pour que la corde ne casse pas. Un collègue de l’autre rive écrit la même chose, en
anglais et avec des marées : <a href="%ROOT%/">Harbour Notes</a>.</p>
<p>Et vous, où gardez-vous votre minute pour rien ?</p>
"""

_SOUPE = """<p>Le mardi, la criée vend ce que lundi n’a pas voulu. C’est le meilleur jour pour la soupe.</p>
<h2>Pour six</h2>
<table>
<thead><tr><th>Quoi</th><th>Combien</th></tr></thead>
<tbody>
<tr><td>poissons de roche</td><td>1,2 kg</td></tr>
<tr><td>poireaux</td><td>3</td></tr>
<tr><td>fenouil</td><td>1 bulbe</td></tr>
<tr><td>tomates</td><td>4, ou une boîte</td></tr>
<tr><td>patience</td><td>50 min</td></tr>
</tbody>
</table>
<h2>Comment</h2>
<ol>
<li>Faire suer les légumes à feu doux, sans les presser.</li>
<li>Ajouter les poissons entiers, remuer jusqu’à ce qu’ils se défassent.</li>
<li>Mouiller à hauteur, un éclat d’écorce d’orange, trente minutes.</li>
<li>Passer, goûter, saler <em>ensuite</em> seulement.</li>
</ol>
<p>La rouille, c’est une autre histoire, et c’est ma tante qui la raconte.</p>
"""

_POURQUOI = """<p>On me demande parfois pourquoi j’écris encore ici, et non là où tout le monde est. J’ai
trois réponses, de la plus polie à la plus vraie :</p>
<ol>
<li>parce que l’adresse n’a pas changé depuis douze ans, et qu’on peut donc me retrouver ;</li>
<li>parce que rien n’y clignote ;</li>
<li>parce que les commentaires y sont meilleurs que les billets.</li>
</ol>
<p>La troisième n’est pas une flatterie : relisez celui de l’ostréiculteur sous le billet de mars. À côté,
je fais de la figuration.</p>
"""


def _dit(qui: str, minutes: int, texte: str, *reponses: Said, site: str = "", kind: str = "comment") -> Said:
    return Said(
        who=qui,
        after=timedelta(minutes=minutes),
        text=_composed(texte),
        replies=reponses,
        site=site,
        kind=kind,
    )


CARNET = BlogText(
    title="Carnet du port",
    tagline="Ce qui se dit sur la cale",
    folder="/carnet",
    language="fr-FR",
    author=_AUTEUR,
    utc_offset=timedelta(hours=2),
    answers=(
        "Merci %NAME% ! Je transmets à Yann, qui fera semblant de ne pas avoir entendu.",
        "C’est noté, %NAME%. Et chez vous, le bac part-il à l’heure ?",
        "Voilà qui mérite un billet, %NAME%. Vous m’autorisez à vous citer ?",
    ),
    posts=(
        PostText(
            id=27,
            slug="le-bac-de-sept-heures",
            title="Le bac de sept heures",
            age=timedelta(hours=7),
            html=_composed(_BAC),
            categories=("La cale", "Portraits"),
            talk=(
                _dit(
                    "Soizic",
                    21,
                    "Madame Tanguy, c’était ma grand-mère. Le vélo est toujours dans la remise, et il "
                    "grince en <em>si bémol</em>.",
                    _dit(
                        _AUTEUR,
                        48,
                        "Oh ! Est-ce qu’on peut venir l’écouter ?",
                        _dit(
                            "Soizic",
                            63,
                            "Samedi, à sept heures quatre.",
                            _dit("Yann, le bac", 80, "J’y serai à sept heures. Pour rien."),
                        ),
                    ),
                ),
                _dit(
                    "Étienne Roux",
                    112,
                    "Ma minute pour rien, je la garde entre le dernier café et le premier courriel. "
                    "Je la perds souvent ; je ne l’ai jamais regrettée.",
                    _dit(
                        _AUTEUR, 140, "« Je la perds souvent » : c’est bien la preuve qu’elle était à vous."
                    ),
                ),
                _dit(
                    "Naïma",
                    233,
                    "Ici le bus part avec une minute d’<b>avance</b>. Je ne veux pas savoir à qui il "
                    "l’a prise.",
                ),
                _dit(
                    "Le fil de l’eau » Éloge du mou",
                    260,
                    "[…] ce beau billet sur les quatre minutes du bac […]",
                    site="https://fil-de-l-eau.example/eloge-du-mou",
                    kind="pingback",
                ),
                _dit("Gwenaël", 385, "Et le retour ? Il part à l’heure, le retour ?"),
            ),
        ),
        PostText(
            id=19,
            slug="la-soupe-du-mardi",
            title="La soupe du mardi",
            age=timedelta(days=4, hours=3),
            html=_composed(_SOUPE),
            categories=("La table",),
            talk=(
                _dit(
                    "Tante Jeanne",
                    75,
                    "La rouille, c’est de l’ail, du piment et du silence. Je ne dirai rien de plus.",
                    _dit(_AUTEUR, 96, "Vous voyez."),
                ),
                _dit(
                    "Étienne Roux",
                    1_560,
                    "Faite hier. Nous étions six, il en restait pour un : je n’ai rien dit aux autres.",
                ),
            ),
        ),
        PostText(
            id=8,
            slug="pourquoi-j-ecris-encore-ici",
            title="Pourquoi j’écris encore ici",
            age=timedelta(days=11, hours=9),
            html=_composed(_POURQUOI),
            categories=("Le carnet",),
            talk=(
                _dit(
                    "Corentin, huîtres",
                    190,
                    "On parle de moi ? J’avais seulement dit que la mer ne lit pas les notes de service.",
                    _dit(_AUTEUR, 215, "C’est brodé sur un coussin, à présent."),
                ),
            ),
        ),
    ),
)
