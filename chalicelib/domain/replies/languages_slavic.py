"""Slavic languages: one row each, as language.py explains."""

from .language import Language

SLAVIC = (
    Language(
        code="pl",
        wrote=(
            "wiadomość napisana przez|napisał|napisała|napisał(a)|napisal|napisala|pisze|napisano|napisał/a|napisał(-a)"
        ),
        leads="dnia|w dniu|w|z dnia|pon.|wt.|śr.|czw.|pt.|sob.|niedz.|niedz|cytowanie|użytkownik",
        sender="od|nadawca|from",
        date="wysłano|data|wysłane|data wysłania|wysłany|wysłana|otrzymano",
        to="do|adresat|odbiorca",
        copy="dw|cc|udw|kopia|do wiadomości|ważność|załączniki|dodatkowe",
        subject="temat|dotyczy",
        original=(
            "wiadomość oryginalna|oryginalna wiadomość|wiadomość pierwotna|oryginalny e-mail"
            "|wiadomość źródłowa|pierwotna wiadomość|treść oryginalnej wiadomości"
        ),
        forwarded=(
            "przekazana wiadomość|wiadomość przekazana dalej|początek przekazywanej wiadomości"
            "|treść przekazanej wiadomości|wiadomość przesłana dalej|przesłana wiadomość"
            "|przekazywana wiadomość|wiadomość przekazana|początek przekazanej wiadomości"
        ),
        sent_from=(
            "wysłane z|wysłano z|wysłane za pomocą|pobierz program outlook|pobierz outlook"
            "|uzyskaj aplikację outlook|uzyskaj outlook|wysłane przez|wysłano za pomocą|wysłane ze"
            "|wysłano przy użyciu|wysłana z"
        ),
        prose=("ja|pan|pani|państwo|państwa|my|wy|mój|moja|nasz|nasza|jest|są|proszę|który|która|ten|ta|że|nam|mi"),
        closings=(
            "pozdrawiam|z poważaniem|pozdrowienia|serdecznie pozdrawiam|dziękuję|dzięki|z wyrazami szacunku"
            "|pozdr|z góry dziękuję|łączę wyrazy szacunku|miłego dnia"
        ),
    ),
    Language(
        code="cs",
        wrote="napsal|napsala|napsal(a)|píše|napsal/a|napsali",
        leads="dne|v|od|po|út|st|čt|pá|so|ne|citát",
        sender="od|odesílatel|from",
        date="odesláno|datum|odeslané|poslané|odeslal|přijato|odeslána|posláno",
        to="komu|pro|příjemce",
        copy="kopie|cc|skrytá kopie|důležitost|přílohy|skrytá",
        subject="předmět|věc",
        original=("původní zpráva|původní e-mail|originální zpráva|původní email|původní mail|---původní zpráva---"),
        forwarded=(
            "přeposlaná zpráva|začátek přeposílané zprávy|přeposílaná zpráva|předaná zpráva"
            "|přeposlaný e-mail|začátek přeposlané zprávy"
        ),
        sent_from=(
            "odesláno z|odesláno ze|odesláno pomocí|posláno z|získejte outlook pro|odesláno mým"
            "|stáhnout outlook|získat outlook pro|odeslané z|odesláno přes|stáhněte si outlook|poslané z"
        ),
        prose="já|vy|vás|vám|váš|vaše|můj|moje|náš|naše|jsem|je|jsou|prosím|který|která|ten|ta|že|mi|nám|jste",
        closings=(
            "s pozdravem|děkuji|děkuju|díky|s přátelským pozdravem|pozdrav|hezký den|s úctou|předem děkuji|zdraví"
        ),
    ),
    Language(
        code="sk",
        wrote="napísal|napísala|napísal(a)|píše|napísal/a",
        leads="dňa|v|od|po|ut|st|št|pi|so|ne",
        sender="od|odosielateľ",
        date="odoslané|dátum|poslané|odoslal",
        to="komu|pre",
        copy="kópia|cc|skrytá kópia",
        subject="predmet|vec",
        original="pôvodná správa|originálna správa|pôvodný e-mail",
        forwarded=(
            "preposlaná správa|začiatok preposlanej správy|preposielaná správa|preposlaná správa --- forwarded message"
        ),
        sent_from="odoslané z|poslané z|odoslané zo|získajte outlook pre|odoslané pomocou",
        prose="vy|vás|vám|váš|vaše|môj|moje|náš|naše|som|je|sú|prosím|ktorý|ktorá|že",
        closings="s pozdravom|ďakujem|pozdrav",
    ),
    Language(
        code="ru",
        wrote="вы писали|написал|написала|написал(а)|пишет|писал|писала|написали|написал (а)|пользователь",
        leads="в|от|пн|вт|ср|чт|пт|сб|вс",
        sender="от|от кого|отправитель|from",
        date="отправлено|дата|отправлен|послано|получено|дата отправки|когда",
        to="кому|для|получатель",
        copy="копия|скрытая копия|cc|важность|вложения",
        subject="тема",
        original=(
            "исходное сообщение|первоначальное сообщение|оригинальное сообщение|исходное письмо"
            "|original message|изначальное сообщение|пересланное исходное"
        ),
        forwarded=(
            "пересылаемое сообщение|переадресованное сообщение|начало переадресованного сообщения"
            "|пересланное сообщение|перенаправленное сообщение|начало пересылаемого сообщения"
            "|пересылаемое письмо|пересланное письмо|конец пересылаемого сообщения"
            "|начало пересланного сообщения|перенаправленное письмо"
        ),
        sent_from=(
            "отправлено с|отправлено из|отправлено через|скачать outlook для|отправлено при помощи"
            "|послано с|отправлено от|получить outlook для|отправлено с помощью|написано с|скачайте outlook"
        ),
        prose=("я|вы|мы|ваш|ваша|вас|вам|мой|моя|наш|наша|мне|нас|он|она|они|это|этот|что|как|который|пожалуйста"),
        closings=(
            "с уважением|спасибо|с наилучшими пожеланиями|заранее спасибо|всего доброго|благодарю"
            "|всего хорошего|с приветом|хорошего дня"
        ),
    ),
    Language(
        code="uk",
        wrote="пише|написав|написала|написав(ла)|писав|писала|написав (-ла)",
        leads="у|в|о|пн|вт|ср|чт|пт|сб|нд",
        sender="від|від кого|відправник",
        date="надіслано|дата|відправлено",
        to="кому|до",
        copy="копія|cc",
        subject="тема",
        original="вихідне повідомлення|оригінальне повідомлення|початкове повідомлення|оригінал повідомлення",
        forwarded=(
            "переслане повідомлення|перенаправлене повідомлення|початок листа, що пересилається"
            "|пересланий лист|початок переадресованого повідомлення|повідомлення, що пересилається"
        ),
        sent_from="надіслано з|відправлено з|надіслано за допомогою|надіслано через|отримати outlook",
        prose="я|ви|ми|ваш|ваша|вас|вам|мій|моя|наш|наша|мені|нас|він|вона|це|що|який|будь ласка",
        closings="з повагою|дякую",
    ),
    Language(
        code="hr",
        wrote=(
            "je napisao|je napisala|napisao je|napisala je|napisao|napisala|je napisao/la|piše"
            "|je napisao(la)|je napisala/o"
        ),
        leads="dana|u|pon|uto|sri|čet|pet|sub|ned",
        sender="šalje|od|pošiljatelj|pošiljalac",
        date="poslano|datum|poslato|vrijeme",
        to="prima|za|kome|primatelj",
        copy="kopija|cc",
        subject="predmet|naslov|tema",
        original="izvorna poruka|originalna poruka|prvobitna poruka",
        forwarded="proslijeđena poruka|započni proslijeđenu poruku|prosleđena poruka|početak proslijeđene poruke",
        sent_from="poslano s|poslano iz|poslano sa|poslato sa|poslato iz|preuzmite outlook",
        prose="ja|vi|mi|vaš|vaša|moj|moja|naš|je li|molim|koji|koja|da",
        closings="lijep pozdrav|s poštovanjem|pozdrav|lp|hvala|srdačan pozdrav|srdačno",
    ),
    Language(
        code="sl",
        wrote="je napisal|je napisala|napisal|napisala|je oseba|je oseba napisala|je napisal/a",
        leads="v|dne|ob|v v|od",
        sender="od|pošiljatelj",
        date="poslano|datum|zadeva poslana",
        to="za|komu|prejemnik",
        copy="kp|cc|kopija",
        subject="zadeva",
        original="izvirno sporočilo|originalno sporočilo",
        forwarded="posredovano sporočilo|začetek posredovanega sporočila",
        sent_from="poslano z|poslano iz|poslano prek|pridobite outlook",
        prose="jaz|vi|mi|vaš|moj|naš|prosim|ki|da",
        closings="lep pozdrav|lp|hvala",
    ),
    Language(
        code="bg",
        wrote="написа|пише|написал",
        leads="на|в|пн|вт|ср|чт|пт|сб|нд",
        sender="от|подател",
        date="изпратено|дата|изпратен",
        to="до|получател",
        copy="копие|як|cc",
        subject="относно|тема",
        original="оригинално съобщение|оригинално писмо|първоначално съобщение",
        forwarded="препратено съобщение|начало на препратеното съобщение|препратено писмо",
        sent_from="изпратено от|изпратен от|изтеглете outlook|изпратено чрез",
        prose="аз|вие|ние|вашия|моя|моята|нашия|моля|който|че|съм",
        closings="поздрави|с уважение|благодаря",
    ),
)
