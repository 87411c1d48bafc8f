"""Languages of western and northern Europe (and of the Americas): one row each, as language.py explains."""

from .language import Language

WESTERN = (
    Language(
        code="en",
        wrote="wrote|writes|said|has written|quoting|sent a message|sent the following",
        leads="on|at|in a message dated|quoting|in article",
        sender="from|sender",
        date="sent|date|sent on|sent at|date sent|received|sent date",
        to="to|recipient|recipients|reply-to|reply to",
        copy="cc|bcc|copy|importance|attachments|priority|sensitivity",
        subject="subject|re",
        original=(
            "original message|original email|original e-mail|reply message|original mail|previous message"
            "|original appointment|message from"
        ),
        forwarded=(
            "forwarded message|begin forwarded message|forwarded mail|forwarded email|forwarded by"
            "|forward message|start of forwarded message|forward|forwarded message attached|fwd.msg"
            "|forwarded conversation|forwarded appointment"
        ),
        sent_from=(
            "sent from|sent via|sent with|sent using|get outlook for|get yahoo mail|sent by my"
            "|sent on the go|sent on my|sent through|sent securely|yahoo mail: search, organize"
            "|mobile email from|from my iphone|from my ipad|from my android|send from my|dictated with"
            "|typed on my|this message was sent from my|this email was sent from my"
            "|please excuse my brevity|please excuse brevity"
        ),
        prose=(
            "i|you|we|your|my|our|he|she|they|his|her|their|the|a|an|please|this|that|it|was|is|are|have"
            "|had|who|what|which|when|where"
        ),
        closings=(
            "best|best regards|kind regards|regards|warm regards|many thanks|thanks|thank you|sincerely"
            "|cheers|yours sincerely|yours truly|yours faithfully|best wishes|with best regards"
            "|with kind regards|thx|br|kr|thanks in advance|all the best|yours|warmly|respectfully"
            "|thanks and regards|thanks & regards"
        ),
    ),
    Language(
        code="de",
        wrote="schrieb|schreibt|hat geschrieben|hat am|geschrieben|zitat von|schrieben",
        leads="am|um|zitat von|an|gesendet",
        sender="von|absender",
        date="gesendet|datum|gesendet am|gesendet um|versendet|empfangen|verschickt|zeit",
        to="an|empfänger|antwort an",
        copy="cc|kopie|bcc|blindkopie|wichtigkeit|anlagen|anhänge|priorität|kopie (cc)",
        subject="betreff|betrifft|thema",
        original=(
            "ursprüngliche nachricht|originalnachricht|original-nachricht|original nachricht|originalmail"
            "|original-mail|ursprüngliche mail|ursprünglicher termin|der originalbeitrag"
            "|originale nachricht|urspruengliche nachricht|ursprüngliche e-mail"
        ),
        forwarded=(
            "weitergeleitete nachricht|anfang der weitergeleiteten nachricht"
            "|anfang der weitergeleiteten e-mail|weitergeleitete mail|weitergeleitete e-mail"
            "|weitergeleitet von|beginn der weitergeleiteten nachricht"
        ),
        sent_from=(
            "von meinem|gesendet von|gesendet mit|von mobil gesendet|gesendet aus|von unterwegs gesendet"
            "|diese nachricht wurde von meinem|holen sie sich outlook für|outlook für ios beziehen"
            "|outlook für android|hol dir outlook|versendet mit|gesendet über|mobil gesendet"
            "|mit freundlichen grüßen von meinem|laden sie outlook|diese e-mail wurde von meinem"
            "|diese mail wurde von meinem|~von meinem iphone|~von meinem handy"
        ),
        prose=(
            "ich|sie|wir|ihr|ihre|ihrer|mein|meine|unser|unsere|du|er|der|die|das|ein|eine|bitte|war|ist"
            "|sind|haben|hat|mir|mich|uns|ihnen|dass|wie|wo|was"
        ),
        closings=(
            "mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße"
            "|liebe grüße|gruß|grüße|mfg|vg|lg|mit besten grüßen|schöne grüße|herzliche grüße"
            "|mit freundlichen grüssen|freundliche grüsse|viele grüsse|beste grüsse|liebe grüsse|danke"
            "|vielen dank|hochachtungsvoll|besten gruß|besten dank|bg"
        ),
    ),
    Language(
        code="fr",
        wrote="a écrit|écrit|écrivait|a ecrit|a envoyé le message suivant",
        leads="le|en date du|au|dans un message du|selon",
        sender="de|expéditeur|exp",
        date="envoyé|date|envoyé le|date d'envoi|envoyée|envoye",
        to="à|pour|destinataire|destinataires|répondre à",
        copy="cc|cci|copie|copie à|importance|pièces jointes|pièce jointe|copies à",
        subject="objet|sujet",
        original=(
            "message d'origine|message original|message initial|courriel original|message d’origine"
            "|e-mail d'origine|mail original"
        ),
        forwarded=(
            "message transféré|début du message transféré|début du message réexpédié|message transmis"
            "|message réexpédié|courriel transféré|e-mail transféré|message transferé|mail transféré"
        ),
        sent_from=(
            "envoyé de mon|envoyé depuis|envoyé à partir de|envoyé de|envoyé avec|envoyé par"
            "|obtenez outlook pour|télécharger outlook pour|envoyé via|provenance : courrier"
            "|provenance : courrier pour|envoyée de mon|téléchargez"
        ),
        prose=("je|j'ai|vous|nous|votre|vos|mon|ma|mes|notre|nos|il|elle|ils|un|une|cette|ce|est|sont|avez|ai|que|qui"),
        closings=(
            "cordialement|bien cordialement|bien à vous|sincèrement|merci|salutations"
            "|meilleures salutations|cdlt|bonne journée|merci d'avance|amicalement|bonne réception"
            "|cordiales salutations|très cordialement|à bientôt"
        ),
    ),
    Language(
        code="es",
        wrote="escribió|ha escrito|escribio|escribe|escribía",
        leads="el|en|con fecha|al|en fecha",
        sender="de|remitente|desde",
        date="enviado|fecha|enviado el|enviada el|fecha de envío|enviado en|enviada",
        to="para|a|destinatario|destinatarios|responder a",
        copy="cc|cco|copia|importancia|datos adjuntos|adjuntos",
        subject="asunto|tema",
        original="mensaje original|mensaje de origen|correo original|mensaje anterior|mensaje inicial",
        forwarded=(
            "mensaje reenviado|inicio del mensaje reenviado|correo reenviado|comienzo del mensaje reenviado"
            "|mensaje remitido|inicio del correo reenviado"
        ),
        sent_from=(
            "enviado desde|enviado con|enviado de|obtener outlook para|obtenga outlook para|enviado por"
            "|enviado via|descargar outlook para|enviado a través de|enviado mediante|enviado vía"
            "|obtén outlook"
        ),
        prose=(
            "yo|usted|ustedes|nosotros|su|sus|mi|mis|nuestro|nuestra|me|le|que|por favor|un|una|es|son|he|les|nos|ella"
        ),
        closings=(
            "saludos|un saludo|saludos cordiales|atentamente|gracias|muchas gracias|cordialmente"
            "|un cordial saludo|atte|de antemano gracias|un abrazo"
        ),
    ),
    Language(
        code="it",
        wrote="ha scritto|scritto|scrive|scriveva|ha inviato",
        leads="il|in data|il giorno|on|alle",
        sender="da|mittente",
        date="inviato|data|inviato il|inviata|data invio|inviato in data",
        to="a|per|destinatario|destinatari|rispondi a",
        copy="cc|ccn|copia|priorità|allegati|importanza",
        subject="oggetto|soggetto",
        original="messaggio originale|messaggio d'origine|messaggio iniziale|email originale|originale",
        forwarded=(
            "messaggio inoltrato|inizio messaggio inoltrato|inizio del messaggio inoltrato|email inoltrata"
            "|messaggio inoltrato da"
        ),
        sent_from=(
            "inviato da|inviato dal mio|inviato con|ottieni outlook per|scarica outlook per|inviato tramite"
            "|inviata da|inviato dall|inviata dal|da iphone|~inviato da iphone"
        ),
        prose=("io|lei|voi|noi|suo|sua|mio|mia|nostro|nostra|mi|ci|vi|che|un|una|è|sono|ho|hanno|per favore|egli"),
        closings=(
            "cordiali saluti|distinti saluti|saluti|grazie|un saluto|cordialmente|grazie mille"
            "|buona giornata|a presto|grazie e saluti|un cordiale saluto"
        ),
    ),
    Language(
        code="pt",
        wrote="escreveu|escreve|escreveram|escrevia",
        leads="em|no dia|na|a|no|às|aos",
        sender="de|remetente",
        date="enviado|enviada|enviado em|enviada em|data|data de envio|enviado a",
        to="para|a|destinatário|destinatários|responder a",
        copy="cc|cco|bcc|com cópia|cópia|importância|anexos|prioridade",
        subject="assunto|tema",
        original="mensagem original|mensagem de origem|e-mail original|mensagem inicial",
        forwarded=(
            "mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada"
            "|início da mensagem reencaminhada|e-mail encaminhado|mensagem remetida"
        ),
        sent_from=(
            "enviado do meu|enviado a partir do|enviado por|enviado pelo|enviado do|enviado de|enviado via"
            "|obter o outlook para|obtenha o outlook para|enviada do meu|baixe o outlook|enviado com"
            "|enviado desde|enviado através|obter outlook|enviado no meu|enviado da"
        ),
        prose="eu|você|vocês|nós|seu|sua|meu|minha|nosso|nossa|me|que|um|uma|é|são|por favor|ele|ela|lhe",
        closings=(
            "atenciosamente|obrigado|obrigada|cumprimentos|com os melhores cumprimentos"
            "|melhores cumprimentos|abraço|abraços|att|cordialmente|grato|grata|desde já obrigado|saudações"
            "|muito obrigado|muito obrigada"
        ),
    ),
    Language(
        code="nl",
        wrote="schreef|heeft geschreven|schrijft|geschreven|heeft het volgende geschreven",
        leads="op|in een bericht van|om|citeren",
        sender="van|afzender",
        date="verzonden|datum|verzonden op|verstuurd|gestuurd|ontvangen|verzonden om",
        to="aan|ontvanger|beantwoorden aan",
        copy="cc|bcc|kopie|urgentie|bijlagen|prioriteit|belang|bijlage",
        subject="onderwerp|betreft",
        original=(
            "oorspronkelijk bericht|origineel bericht|originele bericht|oorspronkelijke bericht"
            "|oorspronkelijke afspraak|origineel e-mailbericht"
        ),
        forwarded=(
            "doorgestuurd bericht|begin doorgestuurd bericht|begin van doorgestuurd bericht|doorgezonden bericht"
        ),
        sent_from=(
            "verzonden vanaf|verstuurd vanaf|verzonden met|verstuurd met|verzonden vanuit|outlook voor"
            "|download outlook|verstuurd via|verzonden via|van mijn iphone verzonden|verstuurd van"
            "|verzonden van|verstuurd vanuit|outlook downloaden"
        ),
        prose=("ik|u|wij|we|jullie|jij|je|uw|mijn|onze|ons|het|een|de|die|dat|is|zijn|heb|hebben|wil|hij|zij|graag"),
        closings=(
            "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet"
            "|groeten|mvg|bedankt|dank u|hartelijke groet|hartelijke groeten|alvast bedankt"
            "|met hartelijke groet"
        ),
    ),
    Language(
        code="da",
        wrote="skrev|har skrevet|skriver|skrev følgende|skrev følgende den",
        leads="den|på|d.|i en meddelelse dateret|man.|tirs.|ons.|tors.|fre.|lør.|søn.",
        sender="fra|afsender",
        date="sendt|dato|sendt den|modtaget",
        to="til|modtager|besvar til",
        copy="cc|bcc|kopi|prioritet|vedhæftede filer|vedhæftet|vedhæftning",
        subject="emne|vedr",
        original=(
            "oprindelig meddelelse|original meddelelse|oprindelig besked|original besked|oprindelig e-mail"
            "|den oprindelige meddelelse|oprindelig mail"
        ),
        forwarded=(
            "videresendt meddelelse|videresendt besked|start på videresendt besked|videresendt mail"
            "|videresendt e-mail|start på videresendt meddelelse"
        ),
        sent_from=(
            "sendt fra min|sendt fra|sendt via|hent outlook til|sendt med|download outlook|få outlook til|sendt på min"
        ),
        prose="jeg|du|vi|de|din|dit|jeres|min|mit|vores|han|hun|en|et|det|er|har|som|at|venligst",
        closings=(
            "venlig hilsen|med venlig hilsen|mvh|vh|hilsen|de bedste hilsner|mange hilsner|på forhånd tak"
            "|tak|bedste hilsner|kh|dbh|med venlige hilsner|kærlig hilsen"
        ),
    ),
    Language(
        code="sv",
        wrote="skrev|har skrivit|skriver|skrev följande",
        leads="den|på|i ett meddelande daterat|mån|tis|ons|tors|tor|fre|lör|sön",
        sender="från|avsändare",
        date="skickat|datum|skickades|skickad|sänt|mottaget",
        to="till|mottagare|svara till",
        copy="kopia|cc|bcc|hemlig kopia|prioritet|bifogade filer|bilagor",
        subject="ämne|angående",
        original=(
            "ursprungligt meddelande|originalmeddelande|ursprungsmeddelande|ursprungligt mail"
            "|original meddelande|ursprungligt brev"
        ),
        forwarded=(
            "vidarebefordrat meddelande|vidarebefordrat mejl|vidarebefordrat mail|vidarebefordrat brev"
            "|vidarebefordrat e-postmeddelande|början på vidarebefordrat meddelande|vidarebefordrat e-post"
        ),
        sent_from=(
            "skickat från min|skickat från|skickades från|hämta outlook för|skickat med|sänt från"
            "|skickat via|skickad från|ladda ned outlook|skaffa outlook"
        ),
        prose="jag|du|vi|ni|de|din|ditt|er|ert|min|mitt|vår|han|hon|en|ett|det|är|har|som|att|snälla",
        closings=(
            "med vänlig hälsning|vänliga hälsningar|med vänliga hälsningar|mvh|hälsningar|vänligen|tack"
            "|bästa hälsningar|hälsar|tack på förhand|vänlig hälsning"
        ),
    ),
    Language(
        code="nb",
        wrote="skrev|har skrevet|skriver|skrev følgende|skrev følgende den",
        leads="den|på|man.|tir.|ons.|tor.|fre.|lør.|søn.|kl.",
        sender="fra|avsender",
        date="sendt|dato|sendt den|mottatt",
        to="til|mottaker|svar til",
        copy="kopi|cc|bcc|blindkopi|prioritet|vedlegg",
        subject="emne|angående",
        original=(
            "opprinnelig melding|original melding|den opprinnelige meldingen|opprinnelig e-post"
            "|originalmelding|opprinnelig meddelelse"
        ),
        forwarded=("videresendt melding|start på videresendt melding|videresendt e-post|videresendt mail|videresendt"),
        sent_from=(
            "sendt fra min|sendt fra|skaff deg outlook for|hent outlook for|få outlook for|sendt via"
            "|sendt med|last ned outlook"
        ),
        prose="jeg|du|vi|dere|de|din|ditt|deres|min|mitt|vår|han|hun|en|et|det|er|har|som|at|vennligst",
        closings=(
            "vennlig hilsen|med vennlig hilsen|mvh|hilsen|beste hilsen|takk|på forhånd takk|hilsning|mange hilsener"
        ),
    ),
)
