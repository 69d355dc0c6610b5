"""The words by which mail programs mark quotes, forwards and signatures, in the tongues they speak.

They are only ever compared with what came in; none is said to anybody.
"""

# Labels of the header block above quoted or forwarded mail, by the field they stand for.
_FIELDS = {
    "from": ("from", "de", "von", "da", "van", "från", "fra", "od", "desde", "mittente",
             "remitente", "expéditeur", "de la part de", "lähettäjä"),
    "date": ("date", "sent", "fecha", "enviado", "enviada", "enviado el", "enviada el",
             "enviado em", "enviada em", "fecha de envío", "envoyé", "envoyé le", "date d'envoi",
             "gesendet", "gesendet am", "datum", "data", "inviato", "inviato il", "verzonden",
             "skickat", "sendt", "wysłano"),
    "to": ("to", "para", "à", "a", "an", "aan", "till", "til", "pour", "do", "destinatario",
           "destinataire"),
    "cc": ("cc", "c.c.", "kopie", "copie", "copia", "con copia", "cópia", "kopia"),
    "subject": ("subject", "asunto", "objet", "sujet", "betreff", "assunto", "oggetto",
                "onderwerp", "ämne", "emne", "temat"),
}  # fmt: skip
LABELS = {label: field for field, labels in _FIELDS.items() for label in labels}

# What says that somebody wrote, in the line above a quote.
VERBS = (
    " wrote", "escribió", "escribio", "escribía", "a écrit", "a ecrit", "schrieb", "geschrieben",
    "escreveu", "ha scritto", "scrive", "schreef", "skrev", "napisał", "ha escrit", "idatzi du",
    "kirjoitti",
)  # fmt: skip
# How that line begins.
STARTS = (
    "on ", "el ", "le ", "am ", "em ", "il ", "op ", "den ", "a ", "no dia ", "dia ", "w dniu ",
)  # fmt: skip

# Between dashes: what follows is the message that is answered.
ORIGINALS = (
    "original message", "mensaje original", "message d'origine", "message d’origine",
    "message original", "ursprüngliche nachricht", "originalnachricht", "mensagem original",
    "messaggio originale", "original appointment", "cita original", "oorspronkelijk bericht",
    "messaggio originario", "reply message", "ursprungligt meddelande", "oprindelig meddelelse",
)  # fmt: skip
# What follows is a message that is passed on.
FORWARDS = (
    "forwarded message", "begin forwarded message", "mensaje reenviado",
    "inicio del mensaje reenviado", "message transféré", "début du message transféré",
    "début du message réexpédié", "weitergeleitete nachricht", "weitergeleitete mail",
    "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
    "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem encaminhada",
    "início da mensagem reencaminhada", "messaggio inoltrato", "inizio messaggio inoltrato",
    "inizio del messaggio inoltrato", "doorgestuurd bericht",
)  # fmt: skip
# Before a subject, with a colon.
FORWARD_PREFIXES = frozenset(
    ("fw", "fwd", "rv", "rm", "reenv", "reenviar", "tr", "wg", "enc", "i", "inoltra", "inoltro",
     "doorst", "vb", "pd")
)  # fmt: skip
REPLY_PREFIXES = frozenset(
    ["re", "aw", "sv", "antw", "res", "r", "rif", "rép", "rep", "odp", "resp", "ref", "ynt", "vs"]
)

# A program or a telephone speaks here, in a line of its own.
DEVICES = (
    "sent from my ", "sent from outlook", "sent from mail for", "sent from yahoo",
    "sent from gmail", "sent from proton", "sent from samsung", "sent with proton", "sent via ",
    "get outlook for ",
    "enviado desde mi ", "enviado desde outlook", "enviado desde correo", "enviado desde yahoo",
    "enviado desde proton", "enviado con proton", "enviado de mi ", "enviado desde el móvil",
    "obtener outlook para", "obtén outlook para", "descargar outlook para", "consigue outlook",
    "envoyé de mon ", "envoyé depuis mon ", "envoyé à partir de ", "envoyé depuis outlook",
    "envoyé à partir d’", "envoyé depuis yahoo", "télécharger outlook pour",
    "obtenir outlook pour", "obtenez outlook pour", "envoyé avec ", "envoyé de l'", "envoyé via ",
    "von meinem ", "gesendet von ", "gesendet mit ", "gesendet über ", "gesendet aus ",
    "diese nachricht wurde von meinem", "holen sie sich outlook für", "outlook für ",
    "enviado do meu ", "enviado a partir do ", "enviado do outlook", "enviado do yahoo",
    "enviado da minha ", "obter o outlook para", "baixar o outlook", "obtenha o outlook",
    "inviato da ", "inviato dal mio ", "inviato dall'", "inviato dal ", "scarica outlook per",
    "ottieni outlook per", "inviato con ", "download outlook", "verzonden vanaf ",
)  # fmt: skip

# Words of the small print under a signature.
SMALL_PRINT = (
    "confidential", "intended recipient", "confidencial", "destinatario", "confidentiel",
    "vertraulich", "riservat", "unauthorised", "unauthorized", "protección de datos",
    "antes de imprimir", "before printing", "avant d'imprimer",
)  # fmt: skip

# The writer says that the answers stand inside the quoted text: by itself…
POINTERS = (
    "see below", "see inline", "answers inline", "comments inline", "replies inline", "ver abajo",
    "ver más abajo", "entre líneas", "voir ci dessous", "siehe unten", "ver abaixo", "vedi sotto",
)  # fmt: skip
# … or by a place and a word for an answer.
PLACES = (
    "below", "inline", "in red", "in blue", "in green", "abajo", "en rojo", "en azul", "en verde",
    "ci dessous", "en rouge", "en bleu", "en vert", "unten", "in rot", "in blau", "in grün",
    "abaixo", "em vermelho", "em azul", "em verde", "sotto", "di seguito", "in rosso", "in blu",
    "in verde",
)  # fmt: skip
ANSWERS = (
    "answer", "answers", "reply", "replies", "comments", "responses", "respuesta", "respuestas",
    "comentarios", "respondo", "contesto", "réponse", "réponses", "commentaires", "antwort",
    "antworten", "kommentare", "anmerkungen", "resposta", "respostas", "comentários", "risposta",
    "risposte", "commenti",
)  # fmt: skip

# With a colon, before the subject of what a mail program answers by itself.
AUTOMATIC_PREFIXES = (
    "automatic reply", "auto reply", "autoreply", "auto-reply", "out of office autoreply",
    "respuesta automática", "réponse automatique", "automatische antwort", "resposta automática",
    "risposta automatica",
)  # fmt: skip
