"""Phrases of mail programs, servers and lawyers that are compared in all languages at once. Data only.

Compared as language.py says; docs/email.md says how to add one.
"""

REPLY_ABOVE = (
    "reply above this line", "type your reply above", "please type your reply above this line",
    "above this line to reply", "write above this line", "please reply above this line", "reply above the line",
    "respond above this line", "add your reply above", "please do not write below this line",
    "do not write below this line", "replies above this line", "bitte antworten sie oberhalb dieser zeile",
    "antwort bitte oberhalb dieser zeile", "oberhalb dieser zeile antworten", "antworten sie oberhalb",
    "über dieser linie", "oberhalb dieser linie", "ihre antwort oberhalb", "répondre au-dessus de cette ligne",
    "votre réponse au-dessus de cette ligne", "répondez au-dessus de cette ligne",
    "écrivez au-dessus de cette ligne", "réponse au-dessus de cette ligne", "au dessus de cette ligne",
    "escriba su respuesta por encima de esta línea", "por encima de esta línea", "encima de esta línea",
    "sopra questa riga", "sopra questa linea", "acima desta linha", "boven deze regel", "boven deze lijn",
    "over denne linje", "over denne linjen", "ovanför denna rad", "ovanför den här raden", "powyżej tej linii",
    "powyżej tego wiersza", "nad tento řádek", "nad touto čarou", "nad tímto řádkem", "выше этой строки",
    "выше этой линии", "над этой строкой", "この行より上", "この線より上", "在此行上方", "在此线上方", "在此行之上",
    "此行之上回复",
    "tämän rivin yläpuolelle", "a sor fölé", "a vonal fölé", "bu satırın üzerine", "вище цього рядка",
)  # fmt: skip
"""What help desks write into their mails, so that a reply is found above it."""

DISCLAIMERS = (
    "this e-mail and any", "this email and any", "this message and any", "this e-mail is confidential",
    "this email is confidential", "this message is confidential", "confidentiality notice", "confidentiality note",
    "this e-mail message is intended", "this e-mail message may contain", "this email message may contain",
    "this electronic message", "this communication is confidential", "this communication may contain",
    "the information contained in this", "the information in this e-mail", "the information in this email",
    "the information transmitted", "the contents of this e-mail", "the contents of this email",
    "the content of this email", "if you are not the intended recipient", "if you have received this",
    "this transmission may contain", "this message contains confidential", "this email contains confidential",
    "this e-mail contains confidential", "this message is intended", "this email is intended",
    "this e-mail is intended", "this message may contain", "this e-mail may contain", "this email may contain",
    "privileged and confidential", "disclaimer", "legal notice", "important notice:", "notice: this e",
    "confidential:", "please consider the environment", "consider the environment before", "think before you print",
    "please think before", "save paper", "virus-free.", "this email has been checked for viruses",
    "this e-mail has been checked", "this email has been scanned", "this email was scanned", "no virus found",
    "avast logo", "this message was scanned", "scanned by", "diese e-mail enthält vertrauliche",
    "diese e-mail kann vertrauliche", "diese nachricht ist vertraulich", "diese nachricht enthält vertrauliche",
    "der inhalt dieser e-mail", "diese e-mail ist vertraulich", "diese e-mail wurde von avast",
    "diese e-mail wurde auf viren", "haftungsausschluss", "vertraulichkeitshinweis",
    "bitte denken sie an die umwelt", "bitte prüfen sie", "denken sie an die umwelt", "virenfrei",
    "wichtiger hinweis: d", "diese mail enthält vertrauliche", "die information in dieser", "die in dieser e-mail",
    "informationen in dieser e-mail", "ce message et toutes les pièces", "ce message et ses pièces",
    "ce message est confidentiel", "ce courriel et ses", "ce courriel est confidentiel", "cet e-mail et",
    "ce courrier électronique", "avis de confidentialité", "cet email est confidentiel", "garanti sans virus",
    "sans virus", "cet e-mail a été vérifié", "pensez à l'environnement", "l'absence de virus dans",
    "les informations contenues dans", "ce message électronique", "este mensaje y sus",
    "este mensaje es confidencial", "este mensaje y los", "este mensaje puede contener", "aviso legal",
    "este correo electrónico", "este mensaje contiene", "libre de virus", "la información contenida en este",
    "este correo y", "antes de imprimir", "este e-mail", "questo messaggio e", "questa e-mail",
    "questo messaggio di posta", "le informazioni contenute in", "ai sensi del", "informativa privacy",
    "privo di virus", "prima di stampare", "il contenuto di questa", "il presente messaggio", "questa email",
    "esta mensagem e", "esta mensagem pode", "esta mensagem é", "este e-mail e", "aviso de confidencialidade",
    "livre de vírus", "esta mensagem contém", "esta mensagem, incluindo", "as informações contidas", "este email e",
    "sem vírus", "dit bericht is", "dit e-mailbericht", "deze e-mail", "dit bericht kan", "de informatie in dit",
    "de inhoud van dit", "virusvrij", "denk aan het milieu", "dit bericht en", "de informatie verzonden",
    "denne e-mail", "denne mail er", "denne meddelelse", "denne e-post", "denne eposten", "denne meldingen",
    "detta meddelande", "detta e-postmeddelande", "detta mail", "fri for virus", "virusfri", "tämä viesti",
    "tämä sähköposti", "tietoa tässä", "ta wiadomość", "niniejsza wiadomość", "wiadomość ta", "treść tej wiadomości",
    "wolny od wirusów", "bez wirusów", "klauzula", "niniejszy e-mail", "administratorem", "tato zpráva",
    "tento e-mail", "informace obsažené v", "bez virů", "obsah této", "это сообщение и", "данное сообщение",
    "это электронное сообщение", "настоящее сообщение", "без вирусов", "информация, содержащаяся", "це повідомлення",
    "ez az üzenet", "ez az e-mail", "jelen üzenet", "vírusmentes", "bu e-posta", "bu mesaj", "bu elektronik",
    "本メール",
    "このメールには", "本电子邮件", "本邮件", "此邮件", "此電子郵件", "本郵件", "本電子郵件", "この電子メール",
    "이 메일은", "본 메일은", "본 이메일은", "acest mesaj",
    "acest e-mail", "το παρόν μήνυμα", "you received this message because you are subscribed",
    "to unsubscribe from this group", "to unsubscribe, e", "to unsubscribe from this list",
    "sie erhalten diese nachricht, weil",
)  # fmt: skip
"""How notices begin that lawyers, virus scanners and mailing lists put below a mail. Only looked for at its end."""

NOTICE_HEADINGS = (
    "disclaimer", "legal notice", "important notice", "confidentiality notice", "confidentiality note",
    "haftungsausschluss", "vertraulichkeitshinweis", "avis de confidentialité", "aviso legal",
    "aviso de confidencialidade", "klauzula",
)  # fmt: skip
"""Headings that stand alone above such a notice."""

CONFIDENTIAL = (
    "confiden", "privileg", "intended", "recipient", "virus", "unsubscribe", "imprim", "print", "environment",
    "umwelt", "milieu", "miljø", "miljö", "avast", "vertraulich", "riservat", "vertrouwelijk", "fortrolig",
    "konfident", "konfidenc", "poufn", "důvěrn", "конфиденц", "конфіденц", "gizli", "bizalmas", "luottamuksel", "機密",
    "机密", "保密", "destinat", "adressat", "empfänger", "geadresseerde", "modtager", "mottaker", "mottagare",
    "адресат",
    "címzett", "alıcı", "вирус", "вірус", "εμπιστευτικ", "confidențial", "기밀", "stampare", "subscribed", "scanned",
    "abonnier", "administrator", "scansionat", "privacy",
)  # fmt: skip
"""One of these, too, stands in the first paragraph of such a notice."""

WARNINGS = (
    "caution: this email originated", "caution: this e-mail originated", "caution: external", "external email",
    "[external]", "external sender", "warning: this email", "this email originated from outside",
    "this message originated outside", "this message was sent from outside", "you don't often get email from",
    "you don’t often get email from", "attention: this email", "[caution: external", "*** external",
    "achtung: externe", "externe e-mail", "[extern]", "achtung: diese e-mail", "vorsicht: diese", "attention : ce",
    "[externe]", "sie erhalten nicht oft", "sie erhalten nicht häufig", "vous ne recevez pas souvent",
    "no suele recibir", "some people who received this message", "precaución", "external mail",
    "think before you click", "caution! this",
)  # fmt: skip
"""How banners begin that a company's mail server puts above a mail from outside. Only looked for at its start."""

DEVICES = (
    "iphon", "ipad", "ipod", "ios", "android", "samsung", "galaxy", "huawei", "xiaomi", "pixel", "nokia",
    "blackberry", "htc", "outlook", "mail", "gmail", "yahoo", "proton", "windows", "phone", "mobile", "smartphone",
    "tablet", "device", "handy", "telefon", "téléphone", "teléfono", "telefone", "telefoon", "телефон", "смартфон",
    "mobil", "móvil", "celular", "cellulare", "superhuman", "thunderbird", "web.de", "gmx", "t-online", "sony",
    "xperia", "oneplus", "motorola", "oppo", "redmi", "realme", "k-9", "bluemail", "blue mail", "aquamail",
    "mailbird", "airmail", "em client", "zoho", "fastmail", "tutanota", "tuta", "polymail", "macbook", "watch",
    "hotmail", "aol", "libero", "virgilio", "tiscali", "freenet", "zimbra", "roundcube", "почт", "яндекс", "mail.ru",
    "gsm", "手机", "手機", "邮箱", "메일", "携帯", "スマートフォン", "puhelin", "компьютер", "planshet", "планшет",
    "tablette",
    "portable", "workspace", "seznam", "postbox", "interia", "onet", "wp.pl", "wp poczt", "naver", "daum", "foxmail",
    "netease", "rambler", "ukr.net", "i.ua", "net@ddress", "typeapp", "missive", "mimestream", "desktop", "handheld",
    "palm", "treo", "wireless", "verizon", "at&t", "t-mobile", "vodafone", "cellphone", "cell", "laptop", "brevity",
    "my mac", "macbook", "hey.com", "for mac", "apple watch", "spark", "orange", "the app", "телефона", "puhelime",
    "telefonum", "电话", "電話", "телефону", "medion", "fairphone", "surface",
)  # fmt: skip
"""What a tag line names: without one of these it may be a sentence."""

FORWARD_SUBJECTS = (
    "fw", "fwd", "wg", "tr", "rv", "enc", "i", "pd", "vb", "vl", "redir", "videresend", "ilt", "i̇lt", "doorst",
    "turi", "fs", "转发", "轉寄", "轉發", "転送", "전달", "weitergeleitet", "továbbítás", "vidarebefordrat",
    "res-fwd", "enc.",
    "trs", "rif-fwd",
)  # fmt: skip
"""What Outlook puts before the subject of a forwarded mail (whose block is the same as that of a reply)."""
