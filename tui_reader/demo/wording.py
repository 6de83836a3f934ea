"""What the demo blog says of its own accord, in each of its languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tui_reader.demo.model import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language's phrases, where WordPress has its translations."""

    refusals: Mapping[Verdict, str]
    """HTML, as WordPress sends it."""
    failure_title: str
    back: str
    months: tuple[str, ...]
    at: str
    feed: str
    comments_feed: str
    says: str
    reply: str
    reply_to: str
    awaiting: str
    closed: str
    leave: str
    email_note: str
    comment: str
    name: str
    email: str
    website: str
    consent: str
    submit: str
    one_comment: str
    comments: str
    protected_title: str
    protected: str
    protected_excerpt: str
    protected_comments: str
    unlock_label: str
    enter: str
    in_reply_to: str
    comments_on: str
    comments_for: str
    comment_on_by: str
    by: str
    not_found: str

    def when(self, moment: datetime) -> str:
        """Date and time as the blog writes them on its pages."""
        return f"{moment.day} {self.months[moment.month - 1]} {moment.year} {self.at} {moment:%H:%M}"

    def refusal(self, verdict: Verdict) -> str:
        """Why the comment was not taken, as HTML."""
        return self.refusals[verdict]


ENGLISH = Wording(
    refusals={
        Verdict.CLOSED: "Sorry, comments are closed for this item.",
        Verdict.MISSING_FIELDS: "<strong>Error:</strong> Please fill the required fields.",
        Verdict.BAD_EMAIL: "<strong>Error:</strong> Please enter a valid email address.",
        Verdict.EMPTY: "<strong>Error:</strong> Please type your comment text.",
        Verdict.LONG_NAME: "<strong>Error:</strong> Your name is too long.",
        Verdict.LONG_EMAIL: "<strong>Error:</strong> Your email address is too long.",
        Verdict.LONG_SITE: "<strong>Error:</strong> Your URL is too long.",
        Verdict.LONG_TEXT: "<strong>Error:</strong> Your comment is too long.",
        Verdict.DUPLICATE: "Duplicate comment detected; it looks as though you&#8217;ve already said that!",
        Verdict.FLOOD: "You are posting comments too quickly. Slow down.",
    },
    failure_title="Comment Submission Failure",
    back="&laquo; Back",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    at="at",
    feed="Feed",
    comments_feed="Comments Feed",
    says="says:",
    reply="Reply",
    reply_to="Reply to {}",
    awaiting="Your comment is awaiting moderation.",
    closed="Comments are closed.",
    leave="Leave a comment",
    email_note="Your email address will not be published.",
    comment="Comment",
    name="Name",
    email="Email",
    website="Website",
    consent="Save my name, email, and website in this browser for the next time I comment.",
    submit="Post Comment",
    one_comment="1 comment",
    comments="{} comments",
    protected_title="Protected: {}",
    protected="This content is password protected. Please enter a password to view.",
    protected_excerpt="There is no excerpt because this is a protected post.",
    protected_comments="Protected Comments: Please enter your password to view comments.",
    unlock_label="Password",
    enter="Enter",
    in_reply_to="In reply to {}.",
    comments_on="Comments on: {}",
    comments_for="Comments for {}",
    comment_on_by="Comment on {} by {}",
    by="By: {}",
    not_found="Page not found",
)

FRENCH = Wording(
    refusals={
        Verdict.CLOSED: "Désolé, les commentaires sont fermés ici.",
        Verdict.MISSING_FIELDS: "<strong>Erreur&nbsp;:</strong> remplissez les champs obligatoires.",
        Verdict.BAD_EMAIL: "<strong>Erreur&nbsp;:</strong> saisissez une adresse e-mail valide.",
        Verdict.EMPTY: "<strong>Erreur&nbsp;:</strong> écrivez votre commentaire.",
        Verdict.LONG_NAME: "<strong>Erreur&nbsp;:</strong> votre nom est trop long.",
        Verdict.LONG_EMAIL: "<strong>Erreur&nbsp;:</strong> votre adresse e-mail est trop longue.",
        Verdict.LONG_SITE: "<strong>Erreur&nbsp;:</strong> l&rsquo;adresse de votre site est trop longue.",
        Verdict.LONG_TEXT: "<strong>Erreur&nbsp;:</strong> votre commentaire est trop long.",
        Verdict.DUPLICATE: "Doublon&nbsp;: il semble que vous ayez déjà dit cela&nbsp;!",
        Verdict.FLOOD: "Vous publiez trop vite. Moins vite, s&rsquo;il vous plaît.",
    },
    failure_title="Échec de l’envoi du commentaire",
    back="&laquo; Retour",
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    at="à",
    feed="Flux",
    comments_feed="Flux des commentaires",
    says="dit :",
    reply="Répondre",
    reply_to="Répondre à {}",
    awaiting="Votre commentaire attend d’être approuvé.",
    closed="Les commentaires sont fermés.",
    leave="Laisser un commentaire",
    email_note="Votre adresse e-mail ne sera pas publiée.",
    comment="Commentaire",
    name="Nom",
    email="E-mail",
    website="Site web",
    consent="Enregistrer mon nom, mon e-mail et mon site dans ce navigateur pour mon prochain commentaire.",
    submit="Publier le commentaire",
    one_comment="1 commentaire",
    comments="{} commentaires",
    protected_title="Protégé : {}",
    protected="Ce contenu est protégé par un mot de passe. Saisissez-le pour lire la suite.",
    protected_excerpt="Pas d’extrait : ce contenu est protégé.",
    protected_comments="Commentaires protégés : saisissez le mot de passe pour les lire.",
    unlock_label="Mot de passe",
    enter="Valider",
    in_reply_to="En réponse à {}.",
    comments_on="Commentaires sur : {}",
    comments_for="Commentaires pour {}",
    comment_on_by="Commentaires sur {} par {}",
    by="Par : {}",
    not_found="Page introuvable",
)


def wording(language: str) -> Wording:
    """The phrases of a blog that is written in ``language``, as ``en-GB``."""
    return FRENCH if language.startswith("fr") else ENGLISH
