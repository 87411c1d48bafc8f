"""Italian. How a language is written down: `grammar.Source`."""

from .grammar import Source

ITALIAN = Source(
    slots={
        "stop": "smettete smettetela smetti smettila smetta smetterla smettere piantatela piantala finitela",
        "writing": "scrivermi contattarmi disturbarmi messaggiarmi spammarmi scriverci contattarci importunarmi",
        "sending": "mandarmi inviarmi mandare inviare mandarci inviarci spedirmi",
        "messages": "messaggi messaggio sms messaggini email mail mails emails pubblicita promozioni offerte notifiche "
        "newsletter whatsapp spam comunicazioni",
        "list": "lista liste mailing database rubrica newsletter elenco contatti",
        "out": "toglietemi toglimi tolga cancellatemi cancellami rimuovetemi rimuovimi eliminatemi eliminami levatemi "
        "depennatemi",
        "delete": "togliete cancellate rimuovete eliminate togli cancella elimina",
    },
    phrases="""
        <stop> di <writing>
        <stop> di <sending> questi|tutti? <messages>
        <stop> con questi|i|gli|le? <messages>
        non scrivetemi|scrivermi|contattatemi|contattarmi|disturbatemi|disturbarmi|messaggiatemi piu|mai
        non mi scrivete|scriva|scrivere|scrivi|contattate|contatti|contattare|disturbate|disturbi piu|mai
        ^non scrivetemi|contattatemi|contattarmi|scrivermi|disturbatemi|disturbarmi$
        non mandatemi|inviatemi|mandarmi|inviarmi|mandatemi|mandateci piu|altri|altre|mai? <messages> piu?
        non mi mandate|inviate|mandi|invii|mandare|inviare piu|altri|altre <messages>
        non mandatemi|inviatemi|mandarmi|inviarmi piu niente|nulla
        non voglio|desidero|vorrei piu ricevere <messages>
        non voglio|desidero|vorrei piu ricevere questi|i|le|vostri|nessun|altri <messages>
        non voglio|desidero|vorrei ricevere piu|altri|altre|nessun|questi? <messages> piu?
        non voglio|desidero piu i|le|questi|altri? <messages>
        non voglio|desidero piu? essere contattato|contattata|disturbato|disturbata piu?
        non voglio piu sentirvi|saperne
        ^basta con|di? i|questi|gli|le? <messages>
        ^basta con questi|i|le <messages>
        ^basta <sending> <messages>
        ^basta <writing>
        ^niente piu <messages>
        ^mai piu <messages>
        ^nessun altro messaggio|sms
        ^stop ai|agli|con|a? questi? <messages>
        <out> dalla|dalle|da|dal|dai vostra|vostro|questa|vostri|tua|sua? <list>
        <delete> il mio numero|contatto dalla|dalle|da|dal|dai vostra|vostro|questa? <list>
        ^<delete> il mio numero|contatto$
        vorrei|voglio|desidero disiscrivermi|cancellarmi|disdire dalla|dal|l|la? iscrizione|newsletter|lista?
        ^disiscrivetemi|disiscrivimi|disiscrivermi
        come mi disiscrivo|cancello
        come faccio a disiscrivermi|cancellarmi
        come posso disiscrivermi|cancellarmi
        ^lasciatemi|lasciami|mi lasci|lasci? in pace
        revoco|ritiro il mio? consenso
        revoco il consenso
    """,
    tails="""
        a|su|al questo|mio numero / via|per|tramite sms|whatsapp|mail|email|messaggio / da voi / da parte vostra
        pubblicitari / di distribuzione / list / in futuro / qui / con offerte|pubblicita|promozioni
        al trattamento
    """,
    fillers="""
        per favore / perfavore / per piacere / per cortesia / cortesemente / gentilmente / prego / vi prego di
        vi prego / la prego di / grazie / grazie mille / subito / adesso / ora / immediatamente / ciao / buongiorno
        salve / buonasera / potete / puo / puoi / potreste / potrebbe / vi chiedo di / vorrei che / vostri / vostre
        tutti / tutte / pubblicitari / promozionali / continuamente / ancora / sempre / ok / di nuovo / davvero
    """,
    joints="e o ma perche altrimenti",
    going_on="""
        io / non sono / non mi / questo non / questo numero / avete / ha sbagliato / numero sbagliato / sono
        saluti / cordiali
    """,
    subjects="voi tu lui lei loro",
    denials="non perche mai lui lei dice detto",
    conditions="se quando finche appena prima salvo fino durante",
    bare="""
        basta / stop / smettetela / smettere / disiscrivimi / disiscrizione / cancellami / cancellatemi / toglietemi
        fermatevi / cancella iscrizione / basta messaggi
    """,
    asides="""
        numero sbagliato / avete sbagliato numero / ha sbagliato numero / non mi interessa
        non sono interessato|interessata / chi e / chi sei / no
    """,
)
