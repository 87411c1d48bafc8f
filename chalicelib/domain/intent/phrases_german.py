"""German. How a language is written down: `grammar.Source`."""

from .grammar import Source

GERMAN = Source(
    slots={
        "me": "mir mich uns",
        "stop": "hor hort horen hoer hoert hoeren",
        "write": "schreiben texten simsen mailen schicken senden nerven kontaktieren belastigen belaestigen "
        "anzuschreiben anschreiben",
        "messages": "nachrichten nachricht sms mails mail emails email werbung werbesms werbenachrichten werbemails "
        "newsletter newslettern whatsapps benachrichtigungen textnachrichten angebote spam",
        "send": "schickt schicken schick schicke sendet senden sende send",
        "text": "schreibt schreiben schreib schreibe textet kontaktiert kontaktieren kontaktiere mailt mailen "
        "belastigt belaestigt belastigen belaestigen nervt whatsappt",
        "want": "mochte moechte will wunsche wuensche wollen mochten moechten",
        "get": "bekommen erhalten empfangen kriegen lesen haben",
        "contacted": "kontaktiert angeschrieben belastigt belaestigt angetextet",
        "list": "verteiler liste mailingliste datenbank kundenliste verteilerliste newsletter newsletterverteiler "
        "listen datei werbeliste",
        "of": "aus von vom",
        "your": "der dem eurer eurem ihrer ihrem deiner deinem",
        "number": "nummer handynummer telefonnummer kontaktdaten",
        "delete": "streicht streichen streiche loscht loeschen loschen loescht losche entfernt entfernen entferne",
        "to_delete": "nehmen streichen loschen loeschen entfernen austragen",
    },
    phrases="""
        <stop> sie? auf ,? <me> zu <write>
        <stop> sie? auf ,? <me> <messages> zu <write>
        <stop> sie? auf ,? <me> sowas|das|so|etwas zu <write>
        <stop> sie? auf mit <messages>
        <stop> sie? auf mit den|diesen <messages>
        <stop> sie? auf ,? <messages> zu <write>
        ^stoppt|stoppen|stoppe|stopp|stop sie? <messages>
        ^stoppt|stoppen|stoppe|stopp|stop sie? die|diese|den|eure|ihre|mit? <messages>
        ^stoppt|stoppen|stopp|stop mit den|diesen|euren|ihren <messages>
        ! <text> sie? <me> nicht|nie|niemals mehr|wieder
        ^<text> sie? <me> nicht$
        nicht|nie mehr <write>$
        nicht|nie mehr kontaktieren|anschreiben$
        ! <send> sie? <me> keine|nie <messages> mehr
        ! <send> sie? <me> keine weiteren|weitere <messages> mehr?
        ! <send> sie? <me> nichts|nie mehr
        ! <send> sie? keine <messages> mehr
        ! <send> sie? keine weiteren <messages>
        ^keine|keinerlei <messages> mehr
        ^keine weiteren|weitere <messages>
        ^nie wieder <messages>
        keine <messages> mehr <write>$
        keine weiteren|weitere <messages> <write>$
        ich <want> keine|keinerlei <messages> mehr <get>?
        ich <want> von ihnen|euch keine|keinerlei <messages> mehr <get>?
        ich <want> keine|keinerlei <messages> mehr von ihnen|euch <get>
        ich <want> keine|keinerlei <messages> von ihnen|euch mehr? <get>?
        ich <want> keine|keinerlei <messages> <get>
        ich <want> keine weiteren|weitere <messages> <get>?
        ich <want> keine weiteren|weitere <messages> von ihnen|euch <get>?
        <want> ich keine|keinerlei <messages> mehr <get>?
        ich <want> nicht mehr|langer|laenger <contacted> werden
        ich <want> nicht mehr|langer|laenger von ihnen|euch <contacted> werden
        ich <want> nicht von ihnen|euch? <contacted> werden
        ich <want> nichts mehr von ihnen|euch horen|hoeren|lesen|bekommen
        ich <want> nie wieder|mehr etwas|was? von ihnen|euch horen|hoeren
        ich <want> mich abmelden|austragen|loschen|loeschen
        ich <want> mich von|vom|aus ihrem|eurem|dem? <list> abmelden|austragen
        ich <want> <list> abbestellen|abmelden
        ich <want> die|den|diese|diesen|ihren|euren <messages> abbestellen|abmelden|stoppen
        ^die|den|diese|diesen? <messages> abbestellen$
        ^mich? abmelden$
        nehmt|nehmen|nimm sie? mich|uns|mein|meine? nummer? <of> <your>? <list>
        nehmt|nehmen|nimm sie? mich|uns <of> <your>? <list> raus|heraus|runter
        <delete> sie? mich|uns <of> <your>? <list>
        <delete> sie? meine <number> <of> <your> <list>
        ^<delete> sie? meine <number>$
        ^meine <number> loschen|loeschen|entfernen$
        mich|meine <of> <your>? <list> <to_delete>
        meine nummer|handynummer <of> <your>? <list> <to_delete>
        ^<of> <your>? <list> <to_delete>
        melden|meldet|melde sie? mich|uns ab$
        melden|meldet|melde sie? mich|uns von|vom dem|ihrem|eurem? <list> ab
        tragen|tragt sie? mich|uns <of> <your>? <list> aus
        wie kann ich mich|das|die|diese|den <messages>? abmelden|abbestellen|stoppen
        wie melde ich mich ab
        widerrufe|widerrufen|ziehe meine|hiermit? meine? einwilligung|zustimmung
        ^lasst|lassen|lass sie? mich|uns in ruhe
        ^verschont|verschonen sie? mich|uns mit <messages>
        ^kein kontakt mehr
        ich widerspreche der? werbung|kontaktaufnahme
    """,
    tails="""
        an diese|meine nummer / auf diese|dieser|meiner nummer / unter dieser nummer / auf diesem handy
        per|via|uber|ueber sms|whatsapp|mail|email|nachricht|text / von ihnen|euch|dir
        von eurem|ihrem laden|shop|geschaft|unternehmen / in zukunft / zu
    """,
    fillers="""
        bitte / bitteschon / danke / dankeschon / vielen dank / doch / mal / endlich / sofort / jetzt / ab sofort
        umgehend / unverzuglich / einfach / nun / hallo / hi / hey / guten tag / guten morgen / moin / servus
        liebes team / sehr geehrte damen und herren / kunftig / kuenftig / zukunftig / zukuenftig / ok / okay
        gerne / wirklich / echt / nochmal / nochmals / konnen|koennen|konnten|koennten|wurden|wuerden sie
        konnt|koennt|konntet|koenntet|wurdet|wuerdet ihr / kannst|konntest|koenntest|wurdest du / ich habe gesagt
        immer / standig / staendig / dauernd / andauernd / so viele / ganzen / bloden / bloeden / blode / ungefragt
        ungewollte / unerwunschte
    """,
    joints="und oder aber denn weil sonst",
    going_on="""
        ich / wir / das / falsche / mfg / gruss / viele / mit freundlichen / sie haben / ihr habt / kein / danke
    """,
    subjects="ihr sie du wir er",
    denials="nicht warum wieso weshalb nie niemals kann konnte hat haben habt er sagt schrieb",
    conditions="wenn falls sobald solange bis bevor ob als wahrend waehrend wann",
    bare="""
        stopp / stop / stoppen / abmelden / abbestellen / austragen / abmeldung / nicht mehr schreiben / keine sms
        keine nachrichten / keine werbung / aufhoren / aufhoeren / hort|hoert|horen|hoeren auf
        horen|hoeren sie auf / lasst das / lassen sie das
    """,
    asides="""
        falsche nummer / sie haben falsche|die falsche? nummer / kein interesse / ich habe kein interesse
        wer ist das / nein / es reicht / mfg
    """,
)
