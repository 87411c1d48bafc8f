"""Dutch. How a language is written down: `grammar.Source`."""

from .grammar import Source

DUTCH = Source(
    slots={
        "me": "mij me ons",
        "messages": "berichten bericht sms smsjes smsen smssen mails mail emails email berichtjes appjes reclame "
        "nieuwsbrief nieuwsbrieven whatsapps whatsappberichten reclameberichten meldingen spam aanbiedingen "
        "marketing advertenties",
        "doing": "appen smsen sms mailen berichten contacteren benaderen schrijven lastigvallen spammen storen",
        "send": "stuur sturen stuurt zend zendt verzend",
        "get": "ontvangen krijgen hebben",
        "text": "app appt mail mailt bericht sms schrijf schrijft contacteer contacteert benader benadert stoor spam",
        "contacted": "gecontacteerd benaderd gebeld gemaild geappt lastiggevallen",
        "list": "lijst mailinglijst verzendlijst database bestand mailing nieuwsbrief contactlijst adressenlijst",
        "your": "jullie uw de je deze",
    },
    phrases="""
        stop|stopt met <messages> te? sturen|verzenden|zenden
        stop|stopt met het sturen|versturen van <messages>
        stop|stopt met het sturen van deze|die|al <messages>
        stop|stopt met <me> <messages> te? sturen
        stop|stopt met <me> te? <doing>
        stop|stopt met <doing>$
        ^stop|stopt met deze|die|al? <messages>
        ^stop|stopt deze|die|de|jullie|uw <messages>
        hou|houd|houdt op met <me> te? <doing>
        hou|houd|houdt op met <messages> te? sturen
        hou|houd|houdt op met <me> <messages> te? sturen
        ! <send> <me> geen <messages> meer
        ! <send> <me> niets|niks meer
        ! <send> geen <messages> meer
        ! <send> <me> nooit meer <messages>
        ^geen <messages> meer
        ^geen <messages> meer sturen|versturen
        geen <messages> meer sturen
        ^nooit meer <messages>
        ^niet meer <doing>$
        ! <text> <me> niet|nooit meer
        ^<text> <me> niet$
        ik wil|wens geen <messages> meer
        ik wil|wens geen <messages> meer <get>
        ik wil|wens geen <messages> van jullie|u meer? <get>?
        ik wil|wens geen <messages> <get>
        ik wil|wens niet meer <contacted> worden
        ik wil|wens niet <contacted> worden
        ik wil|wens niets|niks meer van jullie|u horen|ontvangen
        ik hoef geen <messages> meer
        neem|neemt geen contact meer op
        neem|neemt geen contact meer met <me> op
        neem|neemt geen contact meer op met <me>
        haal|haalt <me> van|uit|af <your>? <list> af?
        verwijder|verwijdert|schrap|schrapt|wis <me> van|uit <your>? <list>
        haal|haalt|verwijder|verwijdert|wis mijn nummer|gegevens van|uit <your>? <list>
        ^verwijder|verwijdert|wis mijn nummer|telefoonnummer$
        schrijf|schrijft <me> uit$
        schrijf|schrijft <me> uit voor|van|uit <your>? <list>
        meld|meldt <me> af$
        meld|meldt <me> af voor|van <your>? <list>
        ik wil <me> uitschrijven|afmelden
        ik wil <me> uitschrijven|afmelden voor|van <your>? <list>
        hoe kan ik <me> uitschrijven|afmelden
        hoe schrijf|meld ik <me> uit|af
        ik trek mijn toestemming in
        hierbij trek ik mijn toestemming in
        laat|laten <me> met rust
        ^uitschrijven|afmelden$
        <your> nieuwsbrief opzeggen$
    """,
    tails="""
        op|naar dit|mijn nummer / via sms|whatsapp|mail|email|app / per sms|mail|email / van jullie|u
        in de toekomst
    """,
    fillers="""
        alsjeblieft / alstublieft / aub / svp / a u b / graag / bedankt / dank u / dank je / dankjewel / nu / direct
        meteen / onmiddellijk / per direct / vanaf nu / voortaan / eens / even / hallo / hoi / dag / beste
        goedendag / ok / oke / gewoon / echt / nogmaals / ook / kunt|kan|kun|wilt|wil u|je|jullie
        zou|zouden u|je|jullie / willen jullie / kunnen jullie / steeds / altijd / verdere / ongevraagde
    """,
    joints="en of maar want omdat dus",
    going_on="""
        ik / wij / dit is / verkeerd / verkeerde / jullie hebben / u hebt / groet / groeten / mvg / met vriendelijke
    """,
    subjects="jullie je u hij zij ze wij",
    denials="niet waarom nooit kan kon heeft hebben hij ze zij zegt",
    conditions="als indien wanneer zodra tenzij totdat tot voordat zolang terwijl",
    bare="""
        stop / stoppen / stop hiermee / stop ermee / uitschrijven / afmelden / geen sms / geen berichten
        geen reclame / hou op
    """,
    asides="""
        verkeerd nummer / verkeerde nummer / dit is verkeerd|verkeerde|het verkeerde? nummer / geen interesse
        ik heb geen interesse / nee / wie is dit / genoeg
    """,
)
