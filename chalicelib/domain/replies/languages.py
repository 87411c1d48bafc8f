"""What mail programs write around a reply, by language: one row each. Data only; docs/email.md says how to add a row.

Everything is compared without case, bold marks and extra spaces, and without the colon or dashes around it.
"""

from msgspec import Struct


class Language(Struct, frozen=True):
    """The words of one language (phrases are separated by `|`).

    wrote: verbs of an attribution ("On Monday, Ann wrote:"). leads: how one begins.
    sender, date, to, copy, subject: labels of an Outlook-style header block.
    original: separators above a quoted mail. forwarded: separators above a forwarded one.
    sent_from: how tag lines of phones and apps begin (or, with a leading `~`, what they contain).
    prose: words that stand in sentences but not in attributions; one of them makes it a sentence.
    closings: the last line before a name.
    """

    code: str
    wrote: str = ""
    leads: str = ""
    sender: str = ""
    date: str = ""
    to: str = ""
    copy: str = "cc|bcc"
    subject: str = ""
    original: str = ""
    forwarded: str = ""
    sent_from: str = ""
    prose: str = ""
    closings: str = ""


LANGUAGES = (
    Language(
        "en",
        wrote="wrote|writes|said|has written|quoting|sent a message|sent the following",
        leads="on|at|in a message dated|quoting|in article",
        sender="from|sender", date="sent|date|sent on|sent at|date sent|received|sent date",
        to="to|recipient|recipients|reply-to|reply to", copy="cc|bcc|copy|importance|attachments|priority|sensitivity",
        subject="subject|re",
        original="original message|original email|original e-mail|reply message|original mail|previous message"
        "|original appointment|message from",
        forwarded="forwarded message|begin forwarded message|forwarded mail|forwarded email|forwarded by|forward message"
        "|start of forwarded message|forward|forwarded message attached|fwd.msg|forwarded conversation"
        "|forwarded appointment",
        sent_from="sent from|sent via|sent with|sent using|get outlook for|get yahoo mail|sent by my|sent on the go"
        "|sent on my|sent through|sent securely|yahoo mail: search, organize|mobile email from|from my iphone"
        "|from my ipad|from my android|send from my|dictated with|typed on my|this message was sent from my"
        "|this email was sent from my|please excuse my brevity|please excuse brevity",
        prose="i|you|we|your|my|our|he|she|they|his|her|their|the|a|an|please|this|that|it|was|is|are|have|had|who|what"
        "|which|when|where",
        closings="best|best regards|kind regards|regards|warm regards|many thanks|thanks|thank you|sincerely|cheers"
        "|yours sincerely|yours truly|yours faithfully|best wishes|with best regards|with kind regards|thx|br|kr"
        "|thanks in advance|all the best|yours|warmly|respectfully|thanks and regards|thanks & regards",
    ),
    Language(
        "de",
        wrote="schrieb|schreibt|hat geschrieben|hat am|geschrieben|zitat von|schrieben",
        leads="am|um|zitat von|an|gesendet",
        sender="von|absender", date="gesendet|datum|gesendet am|gesendet um|versendet|empfangen|verschickt|zeit",
        to="an|empfänger|antwort an", copy="cc|kopie|bcc|blindkopie|wichtigkeit|anlagen|anhänge|priorität|kopie (cc)",
        subject="betreff|betrifft|thema",
        original="ursprüngliche nachricht|originalnachricht|original-nachricht|original nachricht"
        "|originalmail|original-mail|ursprüngliche mail|ursprünglicher termin|der originalbeitrag"
        "|originale nachricht|urspruengliche nachricht|ursprüngliche e-mail",
        forwarded="weitergeleitete nachricht|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail"
        "|weitergeleitete mail|weitergeleitete e-mail|weitergeleitet von|beginn der weitergeleiteten nachricht",
        sent_from="von meinem|gesendet von|gesendet mit|von mobil gesendet|gesendet aus|von unterwegs gesendet"
        "|diese nachricht wurde von meinem|holen sie sich outlook für|outlook für ios beziehen|outlook für android"
        "|hol dir outlook|versendet mit|gesendet über|mobil gesendet|mit freundlichen grüßen von meinem|laden sie outlook"
        "|diese e-mail wurde von meinem|diese mail wurde von meinem|~von meinem iphone|~von meinem handy",
        prose="ich|sie|wir|ihr|ihre|ihrer|mein|meine|unser|unsere|du|er|der|die|das|ein|eine|bitte|war|ist|sind|haben|hat"
        "|mir|mich|uns|ihnen|dass|wie|wo|was",
        closings="mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße|liebe grüße|gruß"
        "|grüße|mfg|vg|lg|mit besten grüßen|schöne grüße|herzliche grüße|mit freundlichen grüssen|freundliche grüsse"
        "|viele grüsse|beste grüsse|liebe grüsse|danke|vielen dank|hochachtungsvoll|besten gruß|besten dank|bg",
    ),
    Language(
        "fr",
        wrote="a écrit|écrit|écrivait|a ecrit|a envoyé le message suivant",
        leads="le|en date du|au|dans un message du|selon",
        sender="de|expéditeur|exp", date="envoyé|date|envoyé le|date d'envoi|envoyée|envoye",
        to="à|pour|destinataire|destinataires|répondre à", copy="cc|cci|copie|copie à|importance|pièces jointes"
        "|pièce jointe|copies à", subject="objet|sujet",
        original="message d'origine|message original|message initial|courriel original|message d’origine"
        "|e-mail d'origine|mail original",
        forwarded="message transféré|début du message transféré|début du message réexpédié|message transmis"
        "|message réexpédié|courriel transféré|e-mail transféré|message transferé|mail transféré",
        sent_from="envoyé de mon|envoyé depuis|envoyé à partir de|envoyé de|envoyé avec|envoyé par|obtenez outlook pour"
        "|télécharger outlook pour|envoyé via|provenance : courrier|provenance : courrier pour|envoyée de mon|téléchargez",
        prose="je|j'ai|vous|nous|votre|vos|mon|ma|mes|notre|nos|il|elle|ils|un|une|cette|ce|est|sont|avez|ai|que|qui",
        closings="cordialement|bien cordialement|bien à vous|sincèrement|merci|salutations|meilleures salutations|cdlt"
        "|bonne journée|merci d'avance|amicalement|bonne réception|cordiales salutations|très cordialement|à bientôt",
    ),
    Language(
        "es",
        wrote="escribió|ha escrito|escribio|escribe|escribía",
        leads="el|en|con fecha|al|en fecha",
        sender="de|remitente|desde", date="enviado|fecha|enviado el|enviada el|fecha de envío|enviado en|enviada",
        to="para|a|destinatario|destinatarios|responder a", copy="cc|cco|copia|importancia|datos adjuntos|adjuntos",
        subject="asunto|tema",
        original="mensaje original|mensaje de origen|correo original|mensaje anterior|mensaje inicial",
        forwarded="mensaje reenviado|inicio del mensaje reenviado|correo reenviado|comienzo del mensaje reenviado"
        "|mensaje remitido|inicio del correo reenviado",
        sent_from="enviado desde|enviado con|enviado de|obtener outlook para|obtenga outlook para|enviado por|enviado via"
        "|descargar outlook para|enviado a través de|enviado mediante|enviado vía|obtén outlook",
        prose="yo|usted|ustedes|nosotros|su|sus|mi|mis|nuestro|nuestra|me|le|que|por favor|un|una|es|son|he|les|nos|ella",
        closings="saludos|un saludo|saludos cordiales|atentamente|gracias|muchas gracias|cordialmente|un cordial saludo"
        "|atte|de antemano gracias|un abrazo",
    ),
    Language(
        "it",
        wrote="ha scritto|scritto|scrive|scriveva|ha inviato",
        leads="il|in data|il giorno|on|alle",
        sender="da|mittente", date="inviato|data|inviato il|inviata|data invio|inviato in data",
        to="a|per|destinatario|destinatari|rispondi a", copy="cc|ccn|copia|priorità|allegati|importanza",
        subject="oggetto|soggetto",
        original="messaggio originale|messaggio d'origine|messaggio iniziale|email originale|originale",
        forwarded="messaggio inoltrato|inizio messaggio inoltrato|inizio del messaggio inoltrato|email inoltrata"
        "|messaggio inoltrato da",
        sent_from="inviato da|inviato dal mio|inviato con|ottieni outlook per|scarica outlook per|inviato tramite"
        "|inviata da|inviato dall|inviata dal|da iphone|~inviato da iphone",
        prose="io|lei|voi|noi|suo|sua|mio|mia|nostro|nostra|mi|ci|vi|che|un|una|è|sono|ho|hanno|per favore|egli",
        closings="cordiali saluti|distinti saluti|saluti|grazie|un saluto|cordialmente|grazie mille|buona giornata|a presto"
        "|grazie e saluti|un cordiale saluto",
    ),
    Language(
        "pt",
        wrote="escreveu|escreve|escreveram|escrevia",
        leads="em|no dia|na|a|no|às|aos",
        sender="de|remetente", date="enviado|enviada|enviado em|enviada em|data|data de envio|enviado a",
        to="para|a|destinatário|destinatários|responder a", copy="cc|cco|bcc|com cópia|cópia|importância|anexos|prioridade",
        subject="assunto|tema",
        original="mensagem original|mensagem de origem|e-mail original|mensagem inicial",
        forwarded="mensagem encaminhada|mensagem reencaminhada|início da mensagem encaminhada"
        "|início da mensagem reencaminhada|e-mail encaminhado|mensagem remetida",
        sent_from="enviado do meu|enviado a partir do|enviado por|enviado pelo|enviado do|enviado de|enviado via"
        "|obter o outlook para|obtenha o outlook para|enviada do meu|baixe o outlook|enviado com|enviado desde"
        "|enviado através|obter outlook|enviado no meu|enviado da",
        prose="eu|você|vocês|nós|seu|sua|meu|minha|nosso|nossa|me|que|um|uma|é|são|por favor|ele|ela|lhe",
        closings="atenciosamente|obrigado|obrigada|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|abraço"
        "|abraços|att|cordialmente|grato|grata|desde já obrigado|saudações|muito obrigado|muito obrigada",
    ),
    Language(
        "nl",
        wrote="schreef|heeft geschreven|schrijft|geschreven|heeft het volgende geschreven",
        leads="op|in een bericht van|om|citeren",
        sender="van|afzender", date="verzonden|datum|verzonden op|verstuurd|gestuurd|ontvangen|verzonden om",
        to="aan|ontvanger|beantwoorden aan", copy="cc|bcc|kopie|urgentie|bijlagen|prioriteit|belang|bijlage",
        subject="onderwerp|betreft",
        original="oorspronkelijk bericht|origineel bericht|originele bericht|oorspronkelijke bericht"
        "|oorspronkelijke afspraak|origineel e-mailbericht",
        forwarded="doorgestuurd bericht|begin doorgestuurd bericht|begin van doorgestuurd bericht|doorgezonden bericht",
        sent_from="verzonden vanaf|verstuurd vanaf|verzonden met|verstuurd met|verzonden vanuit|outlook voor|download outlook"
        "|verstuurd via|verzonden via|van mijn iphone verzonden|verstuurd van|verzonden van|verstuurd vanuit|outlook downloaden",
        prose="ik|u|wij|we|jullie|jij|je|uw|mijn|onze|ons|het|een|de|die|dat|is|zijn|heb|hebben|wil|hij|zij|graag",
        closings="met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten|mvg"
        "|bedankt|dank u|hartelijke groet|hartelijke groeten|alvast bedankt|met hartelijke groet",
    ),
    Language(
        "da",
        wrote="skrev|har skrevet|skriver|skrev følgende|skrev følgende den",
        leads="den|på|d.|i en meddelelse dateret|man.|tirs.|ons.|tors.|fre.|lør.|søn.",
        sender="fra|afsender", date="sendt|dato|sendt den|modtaget", to="til|modtager|besvar til",
        copy="cc|bcc|kopi|prioritet|vedhæftede filer|vedhæftet|vedhæftning", subject="emne|vedr",
        original="oprindelig meddelelse|original meddelelse|oprindelig besked|original besked|oprindelig e-mail"
        "|den oprindelige meddelelse|oprindelig mail",
        forwarded="videresendt meddelelse|videresendt besked|start på videresendt besked|videresendt mail"
        "|videresendt e-mail|start på videresendt meddelelse",
        sent_from="sendt fra min|sendt fra|sendt via|hent outlook til|sendt med|download outlook|få outlook til"
        "|sendt på min",
        prose="jeg|du|vi|de|din|dit|jeres|min|mit|vores|han|hun|en|et|det|er|har|som|at|venligst",
        closings="venlig hilsen|med venlig hilsen|mvh|vh|hilsen|de bedste hilsner|mange hilsner|på forhånd tak|tak"
        "|bedste hilsner|kh|dbh|med venlige hilsner|kærlig hilsen",
    ),
    Language(
        "sv",
        wrote="skrev|har skrivit|skriver|skrev följande",
        leads="den|på|i ett meddelande daterat|mån|tis|ons|tors|tor|fre|lör|sön",
        sender="från|avsändare", date="skickat|datum|skickades|skickad|sänt|mottaget", to="till|mottagare|svara till",
        copy="kopia|cc|bcc|hemlig kopia|prioritet|bifogade filer|bilagor", subject="ämne|angående",
        original="ursprungligt meddelande|originalmeddelande|ursprungsmeddelande|ursprungligt mail|original meddelande"
        "|ursprungligt brev",
        forwarded="vidarebefordrat meddelande|vidarebefordrat mejl|vidarebefordrat mail|vidarebefordrat brev"
        "|vidarebefordrat e-postmeddelande|början på vidarebefordrat meddelande|vidarebefordrat e-post",
        sent_from="skickat från min|skickat från|skickades från|hämta outlook för|skickat med|sänt från|skickat via"
        "|skickad från|ladda ned outlook|skaffa outlook",
        prose="jag|du|vi|ni|de|din|ditt|er|ert|min|mitt|vår|han|hon|en|ett|det|är|har|som|att|snälla",
        closings="med vänlig hälsning|vänliga hälsningar|med vänliga hälsningar|mvh|hälsningar|vänligen|tack|bästa hälsningar"
        "|hälsar|tack på förhand|vänlig hälsning",
    ),
    Language(
        "nb",
        wrote="skrev|har skrevet|skriver|skrev følgende|skrev følgende den",
        leads="den|på|man.|tir.|ons.|tor.|fre.|lør.|søn.|kl.",
        sender="fra|avsender", date="sendt|dato|sendt den|mottatt", to="til|mottaker|svar til",
        copy="kopi|cc|bcc|blindkopi|prioritet|vedlegg", subject="emne|angående",
        original="opprinnelig melding|original melding|den opprinnelige meldingen|opprinnelig e-post|originalmelding"
        "|opprinnelig meddelelse",
        forwarded="videresendt melding|start på videresendt melding|videresendt e-post|videresendt mail|videresendt",
        sent_from="sendt fra min|sendt fra|skaff deg outlook for|hent outlook for|få outlook for|sendt via|sendt med"
        "|last ned outlook",
        prose="jeg|du|vi|dere|de|din|ditt|deres|min|mitt|vår|han|hun|en|et|det|er|har|som|at|vennligst",
        closings="vennlig hilsen|med vennlig hilsen|mvh|hilsen|beste hilsen|takk|på forhånd takk|hilsning|mange hilsener",
    ),
    Language(
        "pl",
        wrote="wiadomość napisana przez|napisał|napisała|napisał(a)|napisal|napisala|pisze|napisano|napisał/a|napisał(-a)",
        leads="dnia|w dniu|w|z dnia|pon.|wt.|śr.|czw.|pt.|sob.|niedz.|niedz|cytowanie|użytkownik",
        sender="od|nadawca|from", date="wysłano|data|wysłane|data wysłania|wysłany|wysłana|otrzymano", to="do|adresat|odbiorca",
        copy="dw|cc|udw|kopia|do wiadomości|ważność|załączniki|dodatkowe", subject="temat|dotyczy",
        original="wiadomość oryginalna|oryginalna wiadomość|wiadomość pierwotna|oryginalny e-mail|wiadomość źródłowa"
        "|pierwotna wiadomość|treść oryginalnej wiadomości",
        forwarded="przekazana wiadomość|wiadomość przekazana dalej|początek przekazywanej wiadomości"
        "|treść przekazanej wiadomości|wiadomość przesłana dalej|przesłana wiadomość|przekazywana wiadomość"
        "|wiadomość przekazana|początek przekazanej wiadomości",
        sent_from="wysłane z|wysłano z|wysłane za pomocą|pobierz program outlook|pobierz outlook|uzyskaj aplikację outlook"
        "|uzyskaj outlook|wysłane przez|wysłano za pomocą|wysłane ze|wysłano przy użyciu|wysłana z",
        prose="ja|pan|pani|państwo|państwa|my|wy|mój|moja|nasz|nasza|jest|są|proszę|który|która|ten|ta|że|nam|mi",
        closings="pozdrawiam|z poważaniem|pozdrowienia|serdecznie pozdrawiam|dziękuję|dzięki|z wyrazami szacunku|pozdr"
        "|z góry dziękuję|łączę wyrazy szacunku|miłego dnia",
    ),
    Language(
        "cs",
        wrote="napsal|napsala|napsal(a)|píše|napsal/a|napsali",
        leads="dne|v|od|po|út|st|čt|pá|so|ne|citát",
        sender="od|odesílatel|from", date="odesláno|datum|odeslané|poslané|odeslal|přijato|odeslána|posláno",
        to="komu|pro|příjemce", copy="kopie|cc|skrytá kopie|důležitost|přílohy|skrytá", subject="předmět|věc",
        original="původní zpráva|původní e-mail|originální zpráva|původní email|původní mail|---původní zpráva---",
        forwarded="přeposlaná zpráva|začátek přeposílané zprávy|přeposílaná zpráva|předaná zpráva|přeposlaný e-mail"
        "|začátek přeposlané zprávy",
        sent_from="odesláno z|odesláno ze|odesláno pomocí|posláno z|získejte outlook pro|odesláno mým|stáhnout outlook"
        "|získat outlook pro|odeslané z|odesláno přes|stáhněte si outlook|poslané z",
        prose="já|vy|vás|vám|váš|vaše|můj|moje|náš|naše|jsem|je|jsou|prosím|který|která|ten|ta|že|mi|nám|jste",
        closings="s pozdravem|děkuji|děkuju|díky|s přátelským pozdravem|pozdrav|hezký den|s úctou|předem děkuji|zdraví",
    ),
    Language(
        "sk",
        wrote="napísal|napísala|napísal(a)|píše|napísal/a", leads="dňa|v|od|po|ut|st|št|pi|so|ne",
        sender="od|odosielateľ", date="odoslané|dátum|poslané|odoslal", to="komu|pre", copy="kópia|cc|skrytá kópia",
        subject="predmet|vec", original="pôvodná správa|originálna správa|pôvodný e-mail",
        forwarded="preposlaná správa|začiatok preposlanej správy|preposielaná správa"
        "|preposlaná správa --- forwarded message",
        sent_from="odoslané z|poslané z|odoslané zo|získajte outlook pre|odoslané pomocou",
        prose="vy|vás|vám|váš|vaše|môj|moje|náš|naše|som|je|sú|prosím|ktorý|ktorá|že", closings="s pozdravom|ďakujem|pozdrav",
    ),
    Language(
        "ru",
        wrote="вы писали|написал|написала|написал(а)|пишет|писал|писала|написали|написал (а)|пользователь",
        leads="в|от|пн|вт|ср|чт|пт|сб|вс",
        sender="от|от кого|отправитель|from", date="отправлено|дата|отправлен|послано|получено|дата отправки|когда",
        to="кому|для|получатель", copy="копия|скрытая копия|cc|важность|вложения", subject="тема",
        original="исходное сообщение|первоначальное сообщение|оригинальное сообщение|исходное письмо|original message"
        "|изначальное сообщение|пересланное исходное",
        forwarded="пересылаемое сообщение|переадресованное сообщение|начало переадресованного сообщения"
        "|пересланное сообщение|перенаправленное сообщение|начало пересылаемого сообщения|пересылаемое письмо"
        "|пересланное письмо|конец пересылаемого сообщения|начало пересланного сообщения|перенаправленное письмо",
        sent_from="отправлено с|отправлено из|отправлено через|скачать outlook для|отправлено при помощи|послано с"
        "|отправлено от|получить outlook для|отправлено с помощью|написано с|скачайте outlook",
        prose="я|вы|мы|ваш|ваша|вас|вам|мой|моя|наш|наша|мне|нас|он|она|они|это|этот|что|как|который|пожалуйста",
        closings="с уважением|спасибо|с наилучшими пожеланиями|заранее спасибо|всего доброго|благодарю|всего хорошего"
        "|с приветом|хорошего дня",
    ),
    Language(
        "uk",
        wrote="пише|написав|написала|написав(ла)|писав|писала|написав (-ла)", leads="у|в|о|пн|вт|ср|чт|пт|сб|нд",
        sender="від|від кого|відправник", date="надіслано|дата|відправлено", to="кому|до", copy="копія|cc",
        subject="тема", original="вихідне повідомлення|оригінальне повідомлення|початкове повідомлення|оригінал повідомлення",
        forwarded="переслане повідомлення|перенаправлене повідомлення|початок листа, що пересилається"
        "|пересланий лист|початок переадресованого повідомлення|повідомлення, що пересилається",
        sent_from="надіслано з|відправлено з|надіслано за допомогою|надіслано через|отримати outlook",
        prose="я|ви|ми|ваш|ваша|вас|вам|мій|моя|наш|наша|мені|нас|він|вона|це|що|який|будь ласка", closings="з повагою|дякую",
    ),
    Language(
        "ja",
        wrote="さんは書きました|書きました|のメール|wrote|さんが書きました|のメッセージ|さんからのメール|は書きました|からのメッセージ"
        "|さんのメッセージ|書き込みました",
        leads="on",
        sender="差出人|送信者|from|発信者|送信元|発信元|送信人", date="送信日時|日時|日付|送信日|date|送信|受信日時|送信時刻",
        to="宛先|to|あて先|受信者|送信先", copy="cc|bcc|重要度|添付ファイル|優先度", subject="件名|題名|subject|表題",
        original="元のメッセージ|元のメール|元メッセージ|original message|返信元メッセージ|メッセージ原文",
        forwarded="転送されたメッセージ|転送されたメール|転送メッセージ|転送メール|メッセージを転送|以下転送メッセージ|転送されるメッセージ"
        "|以下は転送されたメッセージです",
        sent_from="~から送信|~で送信|~より送信|outlook for ios を入手|ios 版 outlook|~を使用して送信|android 版 outlook|~を入手"
        "|~から送信されました",
        prose="です|ます|ください|私|思います|ました。",
        closings="よろしくお願いいたします|よろしくお願いします|宜しくお願いいたします|宜しくお願い致します|敬具|以上",
    ),
    Language(
        "zh",
        wrote="写道|寫道|写到|寫到|写|寫|撰寫|编写|来信|写信|於 寫道|已写|的来信|寫信|写的|寫下|来信写道", leads="在|于|於|当",
        sender="发件人|寄件者|寄件人|發件人|发信人|來自|发送者|寄信人|from|发件者|來自於",
        date="发送时间|发送日期|日期|傳送時間|寄件日期|发送|傳送日期|時間|时间|寄送時間|寄件時間|發送時間|date|已发送|已傳送|寄出時間",
        to="收件人|收件者|收信人|to|發送至|送給", copy="抄送|副本|密送|cc|密件抄送|重要性|附件|抄送人|副本抄送|副本收件人",
        subject="主题|主旨|主題|标题|標題|subject",
        original="原始邮件|邮件原件|原始郵件|原始信件|原邮件|原郵件|原信|回复邮件|回覆的原始郵件|原始訊息|原始消息|原始邮件信息"
        "|郵件原件|回复的原邮件|回复的邮件",
        forwarded="转发的邮件|转发邮件|转发邮件信息|已转发邮件|被转发的邮件|转发的信件|轉寄的郵件|轉寄郵件|已轉寄郵件|轉寄信件|轉寄的信件"
        "|以下是转发的邮件|以下是轉寄的郵件|开始转发的邮件|開始轉寄郵件|已转发消息|轉發的郵件|下面是被转发的邮件|開始轉寄訊息|開始轉寄的郵件"
        "|轉寄的訊息|转发的消息|已转发的邮件|以下為轉寄郵件|已轉寄的郵件",
        sent_from="发自我的|從我的|发送自我的|傳送自我的|来自我的|从我的|寄自我的|发自|發自我的|传送自|取得適用於|获取适用于|获取|下载适用于"
        "|傳送自|發送自|发送自|由我的|從|下載適用於|~发送|~傳送|~寄出",
        prose="我|您|你|请|請|的是|我们|我們",
        closings="此致|祝好|谢谢|謝謝|敬礼|顺祝商祺|祝商祺|敬上|此致敬礼",
    ),
    Language(
        "ko",
        wrote="작성|님이 작성|썼습니다|님이 작성했습니다|님이 작성한 메시지|작성함|님이 씀",
        sender="보낸 사람|보낸사람|발신|발신자|보낸이", date="보낸 날짜|날짜|보낸날짜|발신일|전송|보냄|보낸 시간|일시",
        to="받는 사람|받는사람|수신|수신자|받는이", copy="참조|숨은 참조|cc", subject="제목",
        original="원본 메시지|원본 메일|원본메일|원본 이메일|original message|원본 내용",
        forwarded="전달된 메시지|전달된 이메일 시작|전달된 메일|전달된 이메일|전달한 메시지",
        sent_from="나의|~에서 보냄|~에서 보낸|~에서 전송|ios용 outlook|~보냈습니다|android용 outlook|~다운로드", prose="저는|제가|주세요",
        closings="감사합니다|안녕히 계세요",
    ),
    Language(
        "fi",
        wrote="kirjoitti|kirjoitti seuraavasti|on kirjoittanut|lähetti",
        leads="ma|ti|ke|to|pe|la|su|viestissä",
        sender="lähettäjä|keneltä", date="lähetetty|päivämäärä|päiväys|pvm|lähetysaika", to="vastaanottaja|kenelle|vastaanottajat",
        copy="kopio|cc|piilokopio|tärkeys|liitteet", subject="aihe",
        original="alkuperäinen viesti|alkuperäinen sähköposti|alkuperäinen viesti / orig.msg.",
        forwarded="välitetty viesti|edelleenlähetetty viesti|välitetty viesti alkaa|välitetty viesti / fwd.msg",
        sent_from="lähetetty|hanki outlook", prose="minä|te|sinä|me|minun|teidän|on|ovat|että|joka|olen",
        closings="terveisin|ystävällisin terveisin|t|yt|kiitos|parhain terveisin|kiitos etukäteen|tervehdys",
    ),
    Language(
        "hu",
        wrote="ezt írta|írta|írta ekkor|időpontban|ezt írta (időpont|a következőt írta", leads="a|az|ekkor",
        sender="feladó|küldő|from", date="küldve|dátum|elküldve|elküldés dátuma|küldés ideje|időpont", to="címzett|címzettek|to",
        copy="másolatot kap|másolat|cc|titkos másolat|fontosság", subject="tárgy",
        original="eredeti üzenet|eredeti levél|az eredeti üzenet", forwarded="továbbított üzenet|továbbított levél kezdete"
        "|továbbított levél|továbbküldött üzenet|továbbított üzenet kezdete",
        sent_from="elküldve|az iphone-omról küldve|küldve|töltse le az outlook|az ipademről küldve|~küldve|~outlook letöltése",
        prose="én|ön|önök|mi|az én|hogy|van|volt|kérem|vagyok|nem", closings="üdvözlettel|tisztelettel|köszönettel|köszönöm|üdv",
    ),
    Language(
        "tr",
        wrote="yazdı|şunu yazdı|şunları yazdı|tarihinde şunu yazdı|tarihinde şunları yazdı|yazmış|şöyle yazdı", leads="",
        sender="kimden|gönderen|gönderici", date="gönderildi|tarih|gönderme tarihi|gönderim tarihi|gönderilme tarihi",
        to="kime|alıcı|alıcılar", copy="bilgi|cc|gizli|önem", subject="konu|başlık",
        original="özgün ileti|orijinal mesaj|orjinal mesaj|özgün mesaj|asıl mesaj|asıl ileti|orijinal ileti|ilk mesaj",
        forwarded="iletilmiş mesaj|iletilen ileti|yönlendirilen mesaj|iletilen mesaj|ileti başlangıcı|yönlendirilmiş ileti"
        "|iletilmiş ileti",
        sent_from="~gönderildi|~gönderilmiştir|ios için outlook|android için outlook|~edinin", prose="ben|siz|biz|benim|sizin|bir|bu"
        "|lütfen", closings="saygılarımla|iyi çalışmalar|teşekkürler|saygılarımızla|sevgiler|teşekkür ederim",
    ),
    Language(
        "el",
        wrote="έγραψε|γράφει|έγραψε τα εξής", leads="στις|την|στην|στο|την ημερομηνία|ο χρήστης",
        sender="από|αποστολέας", date="ημερομηνία|στάλθηκε|αποστολή|εστάλη|ημ/νία", to="προς|παραλήπτης",
        copy="κοιν|κοινοποίηση|cc", subject="θέμα", original="αρχικό μήνυμα|πρωτότυπο μήνυμα|αυθεντικό μήνυμα",
        forwarded="προωθημένο μήνυμα|έναρξη προωθημένου μηνύματος|προωθούμενο μήνυμα|αρχή προωθημένου μηνύματος",
        sent_from="στάλθηκε από|εστάλη από|αποστολή από|στάλθηκε με", prose="εγώ|εσείς|εμείς|μου|σας|μας|είναι|που|να|παρακαλώ|θα",
        closings="με εκτίμηση|ευχαριστώ|φιλικά|χαιρετισμούς",
    ),
    Language(
        "ro",
        wrote="a scris|a scris următoarele|scrie|a scris:", leads="în|pe|la|la data de|in|pe data de|lun.|mar.|mie.|joi|vin.|sâm.|dum.",
        sender="de la|expeditor|expeditorul|from", date="trimis|data|dată|trimisă|data trimiterii|trimis la|dată trimitere",
        to="către|la|destinatar|pentru|catre", copy="cc|bcc|importanță|atașări", subject="subiect|subiectul",
        original="mesaj original|mesajul original|mesajul inițial|mesaj inițial", forwarded="mesaj redirecționat|mesaj transmis"
        "|începe mesajul redirecționat|mesaj înaintat|mesaj redirectionat|mesajul redirecționat",
        sent_from="trimis de pe|trimis din|trimis cu|obțineți outlook pentru|trimis prin|descărcați outlook|trimisă de pe",
        prose="eu|dumneavoastră|noi|voi|meu|mea|nostru|este|sunt|vă|că|care|rog|am|un|o",
        closings="cu stimă|mulțumesc|cu respect|toate cele bune|o zi bună|multumesc|cu drag",
    ),
    Language(
        "he",
        wrote="כתב|כתבה|כתב/ה|מאת|כתבו|כתב(ה)|נכתב", leads="בתאריך|ב|ביום|ב-|‏בתאריך", sender="מאת|מ|שולח", date="נשלח|תאריך|בתאריך",
        to="אל|עד|נמען", copy="עותק|העתק|cc", subject="נושא|הנדון", original="הודעה מקורית|ההודעה המקורית",
        forwarded="הודעה שהועברה|תחילת ההודעה שהועברה|הודעה מועברת|העברת הודעה|התחלת הודעה שהועברה",
        sent_from="נשלח מה|נשלח מ|נשלח באמצעות|נשלח מהטלפון|קבל את outlook|הורד את outlook", prose="אני|אתם|אנחנו|שלי|שלכם|בבקשה|את",
        closings="בברכה|תודה|תודה רבה|בכבוד רב",
    ),
    Language(
        "ar",
        wrote="كتب|كتبت|تمت كتابة ما يلي بواسطة|كتب ما يلي|كتب/ت|قام بكتابة", leads="في|بتاريخ|يوم", sender="من|المرسل",
        date="تاريخ|التاريخ|تم الإرسال|أرسلت|تاريخ الإرسال|مرسل", to="إلى|الى|المستلم", copy="نسخة|نسخة إلى|cc",
        subject="الموضوع|موضوع", original="الرسالة الأصلية|رسالة أصلية|الرسالة الأصليَّة",
        forwarded="رسالة محوّلة|رسالة معاد توجيهها|بدء الرسالة المعاد توجيهها|رسالة تمت إعادة توجيهها|رسالة ممرّرة|بدء الرسالة المحولة"
        "|الرسالة المعاد توجيهها|رسالة محولة",
        sent_from="أرسلت من|مرسل من|أُرسلت من|تم الإرسال من|أُرسل من|احصل على outlook|ارسلت من", prose="أنا|أنتم|نحن|هذا|هذه|الذي|لكم|لي",
        closings="مع خالص التحية|شكرا|تحياتي|مع التحية|شكراً",
    ),
    Language(
        "hr", wrote="je napisao|je napisala|napisao je|napisala je|napisao|napisala|je napisao/la|piše|je napisao(la)|je napisala/o",
        leads="dana|u|pon|uto|sri|čet|pet|sub|ned", sender="šalje|od|pošiljatelj|pošiljalac", date="poslano|datum|poslato|vrijeme",
        to="prima|za|kome|primatelj", copy="kopija|cc", subject="predmet|naslov|tema",
        original="izvorna poruka|originalna poruka|prvobitna poruka", forwarded="proslijeđena poruka|započni proslijeđenu poruku"
        "|prosleđena poruka|početak proslijeđene poruke",
        sent_from="poslano s|poslano iz|poslano sa|poslato sa|poslato iz|preuzmite outlook", prose="ja|vi|mi|vaš|vaša|moj|moja|naš|je li"
        "|molim|koji|koja|da", closings="lijep pozdrav|s poštovanjem|pozdrav|lp|hvala|srdačan pozdrav|srdačno",
    ),
    Language(
        "sl", wrote="je napisal|je napisala|napisal|napisala|je oseba|je oseba napisala|je napisal/a", leads="v|dne|ob|v v|od",
        sender="od|pošiljatelj", date="poslano|datum|zadeva poslana", to="za|komu|prejemnik", copy="kp|cc|kopija", subject="zadeva",
        original="izvirno sporočilo|originalno sporočilo", forwarded="posredovano sporočilo|začetek posredovanega sporočila",
        sent_from="poslano z|poslano iz|poslano prek|pridobite outlook", prose="jaz|vi|mi|vaš|moj|naš|prosim|ki|da", closings="lep pozdrav|lp|hvala",
    ),
    Language(
        "bg", wrote="написа|пише|написал", leads="на|в|пн|вт|ср|чт|пт|сб|нд", sender="от|подател", date="изпратено|дата|изпратен",
        to="до|получател", copy="копие|як|cc", subject="относно|тема", original="оригинално съобщение|оригинално писмо|първоначално съобщение",
        forwarded="препратено съобщение|начало на препратеното съобщение|препратено писмо",
        sent_from="изпратено от|изпратен от|изтеглете outlook|изпратено чрез", prose="аз|вие|ние|вашия|моя|моята|нашия|моля|който|че|съм",
        closings="поздрави|с уважение|благодаря",
    ),
    Language(
        "ca", wrote="va escriure|ha escrit|escrigué|missatge de", leads="el|missatge de|en data", sender="de|remitent", date="enviat|data|enviat el",
        to="per a|a|per", copy="cc|còpia", subject="assumpte|tema", original="missatge original", forwarded="missatge reenviat|inici del missatge"
        " reenviat|missatge reexpedit", sent_from="enviat des|enviat amb|obtenir outlook|enviat del meu", prose="jo|vostè|nosaltres|el meu|el seu|que"
        "|si us plau|una", closings="salutacions|atentament|gràcies|cordialment",
    ),
    Language(
        "et", wrote="kirjutas|kirjutas järgmist", leads="kuupäeval|kirjutas", sender="saatja|kellelt", date="saadetud|kuupäev|saatmisaeg",
        to="saaja|adressaat|kellele", copy="koopia|cc", subject="teema", original="algne sõnum|algne kiri|originaalsõnum|esialgne sõnum",
        forwarded="edastatud kiri|edastatud sõnum|edastatud kirja algus", sent_from="saadetud minu|saadetud", prose="mina|teie|meie|minu|palun|on",
        closings="lugupidamisega|tervitades|parimate soovidega|aitäh",
    ),
    Language(
        "lt", wrote="rašė|parašė", leads="", sender="nuo|siuntėjas", date="išsiųsta|data|siųsta", to="kam|gavėjas|iki", copy="kopija|cc",
        subject="tema", original="originalus laiškas|pradinis pranešimas|originali žinutė", forwarded="persiųstas laiškas|persiunčiamas laiškas"
        "|peradresuotas laiškas", sent_from="išsiųsta iš|siunčiama iš|išsiųsta iš mano", prose="aš|jūs|mes|mano|jūsų|mūsų|prašau|yra",
        closings="pagarbiai|su pagarba|ačiū|linkėjimai",
    ),
    Language(
        "lv", wrote="rakstīja|uzrakstīja", leads="", sender="no|sūtītājs", date="nosūtīts|datums|sūtīts", to="kam|saņēmējs", copy="kopija|cc",
        subject="temats|tēma", original="sākotnējais ziņojums|oriģinālais ziņojums", forwarded="pārsūtīts ziņojums|pārsūtīta vēstule",
        sent_from="sūtīts no|nosūtīts no", prose="es|jūs|mēs|mans|jūsu|mūsu|lūdzu|ir", closings="ar cieņu|paldies|ar sveicieniem",
    ),
    Language(
        "vi", wrote="đã viết|viết", leads="vào|vào lúc|ngày", sender="từ|người gửi", date="đã gửi|ngày|ngày gửi|đã gửi vào", to="đến|tới|người nhận",
        copy="cc|đồng kính gửi", subject="chủ đề|tiêu đề", original="tin nhắn gốc|thư gốc|thư ban đầu", forwarded="tin nhắn được chuyển tiếp"
        "|thư được chuyển tiếp|thư đã chuyển tiếp|bắt đầu thư được chuyển tiếp", sent_from="đã gửi từ|được gửi từ|gửi từ|tải outlook",
        prose="tôi|bạn|chúng tôi|của tôi|xin|là", closings="trân trọng|cảm ơn|thân ái",
    ),
    Language(
        "id", wrote="menulis|telah menulis", leads="pada|pada tanggal", sender="dari|pengirim", date="dikirim|tanggal|terkirim", to="kepada|ke|untuk",
        copy="cc|tembusan", subject="perihal|subjek|judul", original="pesan asli|pesan awal", forwarded="pesan terusan|pesan yang diteruskan"
        "|awal pesan yang diteruskan|pesan diteruskan", sent_from="dikirim dari|terkirim dari|dapatkan outlook|dikirim melalui",
        prose="saya|anda|kami|kita|yang|tolong|adalah", closings="salam|terima kasih|hormat saya",
    ),
    Language(
        "th", wrote="เขียนว่า|ได้เขียนว่า|เขียน", leads="เมื่อ|ในวันที่|วันที่", sender="จาก|ผู้ส่ง", date="ส่ง|วันที่|ส่งเมื่อ", to="ถึง|ผู้รับ", copy="สำเนา|cc",
        subject="เรื่อง|หัวเรื่อง", original="ข้อความต้นฉบับ|ข้อความเดิม", forwarded="ข้อความที่ส่งต่อ|เริ่มข้อความที่ส่งต่อ|จดหมายที่ส่งต่อ",
        sent_from="ส่งจาก|~ส่งจาก|รับ outlook", prose="ผม|ดิฉัน|กรุณา", closings="ขอแสดงความนับถือ|ขอบคุณครับ|ขอบคุณค่ะ",
    ),
)  # fmt: skip

REPLY_ABOVE = (
    "reply above this line", "type your reply above", "please type your reply above this line", "above this line to reply",
    "write above this line", "please reply above this line", "reply above the line", "respond above this line",
    "add your reply above", "please do not write below this line", "do not write below this line", "replies above this line",
    "bitte antworten sie oberhalb dieser zeile", "antwort bitte oberhalb dieser zeile", "oberhalb dieser zeile antworten",
    "antworten sie oberhalb", "über dieser linie", "oberhalb dieser linie", "ihre antwort oberhalb",
    "répondre au-dessus de cette ligne", "votre réponse au-dessus de cette ligne", "répondez au-dessus de cette ligne",
    "écrivez au-dessus de cette ligne", "réponse au-dessus de cette ligne", "au dessus de cette ligne",
    "escriba su respuesta por encima de esta línea", "por encima de esta línea", "encima de esta línea",
    "sopra questa riga", "sopra questa linea", "acima desta linha", "boven deze regel", "boven deze lijn",
    "over denne linje", "over denne linjen", "ovanför denna rad", "ovanför den här raden", "powyżej tej linii",
    "powyżej tego wiersza", "nad tento řádek", "nad touto čarou", "nad tímto řádkem", "выше этой строки",
    "выше этой линии", "над этой строкой", "この行より上", "この線より上", "在此行上方", "在此线上方", "在此行之上", "此行之上回复",
    "tämän rivin yläpuolelle", "a sor fölé", "a vonal fölé", "bu satırın üzerine", "вище цього рядка",
)  # fmt: skip
"""What help desks write into their mails, so that a reply is found above it."""

DISCLAIMERS = (
    "this e-mail and any", "this email and any", "this message and any", "this e-mail is confidential",
    "this email is confidential", "this message is confidential", "confidentiality notice", "confidentiality note",
    "this e-mail message is intended", "this e-mail message may contain", "this email message may contain",
    "this electronic message", "this communication is confidential", "this communication may contain",
    "the information contained in this", "the information in this e-mail", "the information in this email",
    "the information transmitted", "the contents of this e-mail", "the contents of this email", "the content of this email",
    "if you are not the intended recipient", "if you have received this", "this transmission may contain",
    "this message contains confidential", "this email contains confidential", "this e-mail contains confidential",
    "this message is intended", "this email is intended", "this e-mail is intended", "this message may contain",
    "this e-mail may contain", "this email may contain", "privileged and confidential", "disclaimer", "legal notice",
    "important notice:", "notice: this e", "confidential:", "please consider the environment",
    "consider the environment before", "think before you print", "please think before", "save paper",
    "virus-free.", "this email has been checked for viruses", "this e-mail has been checked", "this email has been scanned",
    "this email was scanned", "no virus found", "avast logo", "this message was scanned", "scanned by",
    "diese e-mail enthält vertrauliche", "diese e-mail kann vertrauliche", "diese nachricht ist vertraulich",
    "diese nachricht enthält vertrauliche", "der inhalt dieser e-mail", "diese e-mail ist vertraulich", "diese e-mail wurde von avast",
    "diese e-mail wurde auf viren", "haftungsausschluss", "vertraulichkeitshinweis", "bitte denken sie an die umwelt",
    "bitte prüfen sie", "denken sie an die umwelt", "virenfrei", "wichtiger hinweis: d", "diese mail enthält vertrauliche",
    "die information in dieser", "die in dieser e-mail", "informationen in dieser e-mail",
    "ce message et toutes les pièces", "ce message et ses pièces", "ce message est confidentiel", "ce courriel et ses",
    "ce courriel est confidentiel", "cet e-mail et", "ce courrier électronique", "avis de confidentialité", "cet email est confidentiel",
    "garanti sans virus", "sans virus", "cet e-mail a été vérifié", "pensez à l'environnement", "l'absence de virus dans",
    "les informations contenues dans", "ce message électronique",
    "este mensaje y sus", "este mensaje es confidencial", "este mensaje y los", "este mensaje puede contener", "aviso legal",
    "este correo electrónico", "este mensaje contiene", "libre de virus", "la información contenida en este", "este correo y",
    "antes de imprimir", "este e-mail",
    "questo messaggio e", "questa e-mail", "questo messaggio di posta", "le informazioni contenute in", "ai sensi del",
    "informativa privacy", "privo di virus", "prima di stampare", "il contenuto di questa", "il presente messaggio", "questa email",
    "esta mensagem e", "esta mensagem pode", "esta mensagem é", "este e-mail e", "aviso de confidencialidade", "livre de vírus",
    "esta mensagem contém", "esta mensagem, incluindo", "as informações contidas", "este email e", "sem vírus",
    "dit bericht is", "dit e-mailbericht", "deze e-mail", "dit bericht kan", "de informatie in dit", "de inhoud van dit", "virusvrij",
    "denk aan het milieu", "dit bericht en", "de informatie verzonden",
    "denne e-mail", "denne mail er", "denne meddelelse", "denne e-post", "denne eposten", "denne meldingen", "detta meddelande",
    "detta e-postmeddelande", "detta mail", "fri for virus", "virusfri", "tämä viesti", "tämä sähköposti", "tietoa tässä",
    "ta wiadomość", "niniejsza wiadomość", "wiadomość ta", "treść tej wiadomości", "wolny od wirusów", "bez wirusów", "klauzula",
    "niniejszy e-mail", "administratorem", "tato zpráva", "tento e-mail", "informace obsažené v", "bez virů", "obsah této",
    "это сообщение и", "данное сообщение", "это электронное сообщение", "настоящее сообщение", "без вирусов",
    "информация, содержащаяся", "це повідомлення", "ez az üzenet", "ez az e-mail", "jelen üzenet", "vírusmentes", "bu e-posta",
    "bu mesaj", "bu elektronik", "本メール", "このメールには", "本电子邮件", "本邮件", "此邮件", "此電子郵件", "本郵件", "本電子郵件",
    "この電子メール", "이 메일은", "본 메일은", "본 이메일은", "acest mesaj", "acest e-mail", "το παρόν μήνυμα",
    "you received this message because you are subscribed", "to unsubscribe from this group", "to unsubscribe, e",
    "to unsubscribe from this list", "sie erhalten diese nachricht, weil",
)  # fmt: skip
"""How notices begin that lawyers, virus scanners and mailing lists put below a mail. Only looked for at its end."""

WARNINGS = (
    "caution: this email originated", "caution: this e-mail originated", "caution: external", "external email", "[external]",
    "external sender", "warning: this email", "this email originated from outside", "this message originated outside",
    "this message was sent from outside", "you don't often get email from", "you don’t often get email from",
    "attention: this email", "[caution: external", "*** external", "achtung: externe", "externe e-mail", "[extern]",
    "achtung: diese e-mail", "vorsicht: diese", "attention : ce", "[externe]", "sie erhalten nicht oft",
    "sie erhalten nicht häufig", "vous ne recevez pas souvent", "no suele recibir", "some people who received this message",
    "precaución", "external mail", "think before you click", "caution! this",
)  # fmt: skip
"""How banners begin that a company's mail server puts above a mail from outside. Only looked for at its start."""

DEVICES = (
    "iphon", "ipad", "ipod", "ios", "android", "samsung", "galaxy", "huawei", "xiaomi", "pixel", "nokia", "blackberry", "htc",
    "outlook", "mail", "gmail", "yahoo", "proton", "windows", "phone", "mobile", "smartphone", "tablet", "device", "handy",
    "telefon", "téléphone", "teléfono", "telefone", "telefoon", "телефон", "смартфон", "mobil", "móvil", "celular", "cellulare",
    "superhuman", "thunderbird", "web.de", "gmx", "t-online", "sony", "xperia", "oneplus", "motorola",
    "oppo", "redmi", "realme", "k-9", "bluemail", "blue mail", "aquamail", "mailbird",
    "airmail", "em client", "zoho", "fastmail", "tutanota", "tuta", "polymail", "macbook", "watch",
    "hotmail", "aol", "libero", "virgilio", "tiscali", "freenet", "zimbra", "roundcube", "почт", "яндекс", "mail.ru", "gsm",
    "手机", "手機", "邮箱", "메일", "携帯", "スマートフォン", "puhelin", "компьютер", "planshet", "планшет", "tablette", "portable",
    "workspace", "seznam", "postbox", "interia", "onet", "wp.pl", "wp poczt", "naver", "daum", "foxmail", "netease",
    "rambler", "ukr.net", "i.ua", "net@ddress", "typeapp", "missive", "mimestream", "desktop", "handheld",
    "palm", "treo", "wireless", "verizon", "at&t", "t-mobile", "vodafone", "cellphone", "cell", "laptop",
    "brevity", "my mac", "macbook", "hey.com", "for mac", "apple watch", "spark", "orange", "the app", "телефона", "puhelime", "telefonum", "电话", "電話", "телефону", "medion", "fairphone", "surface",
)  # fmt: skip
"""What a tag line names: without one of these it may be a sentence."""

FORWARD_SUBJECTS = (
    "fw", "fwd", "wg", "tr", "rv", "enc", "i", "pd", "vb", "vl", "redir", "videresend", "ilt", "i̇lt", "doorst", "turi", "fs",
    "转发", "轉寄", "轉發", "転送", "전달", "weitergeleitet", "továbbítás", "vidarebefordrat", "res-fwd", "enc.", "trs", "rif-fwd",
)  # fmt: skip
"""What Outlook puts before the subject of a forwarded mail (whose block is the same as that of a reply)."""

CONFIDENTIAL = (
    "confiden", "privileg", "intended", "recipient", "virus", "unsubscribe", "imprim", "print", "environment", "umwelt", "milieu",
    "miljø", "miljö", "avast", "vertraulich", "riservat", "vertrouwelijk", "fortrolig", "konfident", "konfidenc", "poufn", "důvěrn",
    "конфиденц", "конфіденц", "gizli", "bizalmas", "luottamuksel", "機密", "机密", "保密", "destinat", "adressat", "empfänger",
    "geadresseerde", "modtager", "mottaker", "mottagare", "адресат", "címzett", "alıcı", "вирус", "вірус", "εμπιστευτικ",
    "confidențial", "기밀", "stampare", "subscribed", "scanned", "abonnier", "administrator", "scansionat", "privacy",
)  # fmt: skip
"""One of these, too, stands in the first paragraph of such a notice."""
