"""English. How a language is written down: `grammar.Source`."""

from .grammar import Source

ENGLISH = Source(
    slots={
        "me": "me us",
        "contacting": "texting messaging contacting emailing mailing spamming bothering harassing pestering bugging "
        "smsing whatsapping annoying txting soliciting textin txtin messagin",
        "contact": "text message contact email mail spam bother harass pester disturb sms whatsapp txt solicit",
        "contacted": "texted messaged contacted emailed spammed bothered solicited disturbed",
        "messages": "texts text messages message sms smses emails email mails mail newsletter newsletters "
        "notifications ads adverts advertising advertisements advertisement promos promotions promotion marketing "
        "spam communications communication msgs txts whatsapps solicitations texting messaging",
        "things": "texts text messages message sms smses emails email mails mail newsletter newsletters "
        "notifications ads adverts advertising advertisements advertisement promos promotions promotion marketing "
        "spam communications communication msgs txts whatsapps solicitations alerts coupons offers deals stuff junk "
        "crap reminders updates things",
        "list": "list lists database system distribution contacts records texts messages sms emails newsletter "
        "newsletters texting subscription subscriptions service alerts notifications marketing promotions mailings "
        "spam",
        "number": "number name phone cell mobile line address inbox",
        "dont": "dont donot never",
        "want": "want wanna wish like need care",
    },
    phrases="""
        stop|quit|cease <contacting> <me>
        stop|quit|cease <contacting> this|my <number>
        stop|quit|cease <contacting> and|or|& <contacting> <me>
        stop|quit|cease calling and|or <contacting> <me>
        stop|quit|cease writing to? <me>
        ^stop|quit|cease <contacting>$
        stop|quit|cease sending these? <messages> to? <me>?
        stop|quit|cease sending <messages> and|or <messages> to? <me>?
        stop|quit|cease sending <me> these|this|those? more? <things>
        stop|quit|cease sending <me> <things> and|or <things>
        stop|quit|cease sending <me> anything|this|these|those
        ^stop|quit|cease with? these|this|those? <messages>
        ^stop|quit|cease with? <messages> and|or <messages>
        ^cancel|end|discontinue these|those <messages>
        ^end|discontinue <messages>$
        ^turn off <messages>$
        ^cease and desist
        stop|quit|cease getting|receiving <messages>
        stop getting|receiving these|those? <messages>?
        why wont you stop <contacting> <me>
        tell|ask them|him|her to stop <contacting> <me>
        ! dont|donot <contact> <me>
        ! dont|donot <contact> and|or <contact> <me>
        ! dont|donot <contact> this|my <number>
        ! dont|donot call and|or <contact> <me>
        ! do not <contact> <me>
        ! do not <contact> this|my <number>
        ! do not call and|or <contact> <me>
        ^never <contact> <me>
        ^dont|donot <contact>$
        ^do not <contact>$
        ! dont|donot send <me> these|this|those? more? <messages>
        ! dont|donot send these|this|those? more? <messages> to? <me>?
        ! dont|donot send <me> <messages> and|or <messages>
        ! do not send <me> these|this|those? more? <messages>
        ! do not send these|this|those? more? <messages> to? <me>?
        ! dont|donot write to? <me>
        ! do not write to? <me>
        ^never write to? <me>
        ^never send <me> more? <messages>
        i dont|donot <want> to? get|receive|have|see|getting|receiving these|this|those? more? <messages>
        i do not <want> to? get|receive|have|see|getting|receiving these|this|those? more? <messages>
        i no longer <want> to? get|receive|have these|this|those? <messages>
        i no longer <want> <messages>
        i dont|donot want these? <messages>
        i do not want these? <messages>
        ^dont want <messages>
        i dont|donot want you <contacting> <me>
        i dont|donot want you to <contact> <me>
        i dont|donot <want> to be <contacted>
        i do not <want> to be <contacted>
        i no longer <want> to be <contacted>
        i dont|donot <want> to be on <list>
        i do not <want> to be on <list>
        i dont|donot <want> to hear from you|yall|u|them
        i do not <want> to hear from you|yall|u
        i never <want> to hear from you|yall|u
        i no longer <want> to hear from you|yall|u
        i never want to get|receive <messages>
        ^no more <messages>
        ^no more <messages> and|or <messages>
        ^no more of these|this|those <messages>?
        ^no spam|advertising|marketing|solicitation|solicitations|texting$
        ^no more <contacting>
        ^enough with|of these|this? <messages>
        i have|had enough of <messages>
        ^leave <me> alone
        ^desist from <contacting> <me>
        ^text|message|contact <me> no more$
        ^lose my <number>
        ^lose this number
        take|remove|delete|get|drop|pull|scratch|strike <me> off|from|of|out <list>
        take|remove|delete|get|drop|pull <me> off of <list>
        take|remove|delete|get|drop <me> off|from|out of? this|these <list>?
        take|remove|delete|drop my|this <number> off|from|of|out of? <list>
        take|remove|delete|drop my|this <number> off|from|out this
        ^remove|delete my <number>$
        ^take my <number> off$
        ^take <me> off$
        ^remove <me>$
        ^get <me> off this|these
        unsubscribe <me>
        unsubscribe <me>? from|to|off <list>
        unsubscribe <me>? from these|this|all|it|everything <list>?
        ^unsubscribe <me>?
        i want|need to unsubscribe
        how do|can i unsubscribe
        how to unsubscribe
        opt <me> out
        opt <me>? out of|from <list>
        opt <me>? out of|from these|this|all|it <list>?
        ^opt out$
        ^opting out$
        i want|need to opt out
        i opt out
        i am|want opting out
        im opting out
        how do|can i opt out
        i want|need to stop getting|receiving these? <messages>
        how do|can i stop <messages>
        how do|can i stop getting|receiving <messages>
        how do|can i get off <list>
        put|add|place <me> on do not contact|text|call|disturb list?
        put|add|place my <number> on do not contact|text|call|disturb list?
        i revoke|withdraw|rescind my? consent|permission
        ^revoke|withdraw|revoking|withdrawing my? consent|permission
        i dont|donot consent to <messages>
        i didnt consent to these|this? <messages>
        i did not consent to these|this? <messages>
        i do not consent to <messages>
        i do not consent to get|receive|receiving <messages>
        make these|this|the? <messages> stop
        how do|can i stop these|those|this <messages>
        cancel my? subscription to <messages>
        cancel <messages> subscription
    """,
    tails="""
        on|at|to|from this|my|the|that <number> / messages|message|msgs / number / list|lists
        on here / here / on whatsapp|sms|text|chat
        by|via|through|with text|sms|email|mail|whatsapp|message|messages|texts / by|via text message|messages
        with <messages> / with <messages> and|or <messages> / about anything|everything|offers|sales|deals
        from you|yall|u|counterline / from you guys|people / from this? store|shop|company|brand|business
        from your store|shop|company|brand|business / for good / from now on / in the future / going forward
        every day|week|hour|time / every single day|week|hour|time / all day|week|time / all the time / ever
        you guys|people|idiots / to receive|get these? <messages> / to be <contacted> / to this|my <number>
    """,
    fillers="""
        please / ur / pls / plz / pleas / kindly / just / hi / hello / hey / hiya / dear / sir / madam / team / there
        ok / okay / thanks / thank you / thx / ty / cheers / again / anymore / any more / any longer / any further
        ever again / ever / at all / now / right now / right away / immediately / asap / at once / for real
        seriously / honestly / simply / already / forthwith / effective immediately / can|could|would|will|wont you
        can|could|would u / would you mind / may i / can|could we / i would like you to / i want you to
        i need you to / i would like / id like you to / id appreciate it if you would
        i would appreciate it if you would / im asking you to / i am asking you to / i ask you to / i ask that you
        i demand that you / i asked you to / i told you to / i have asked you to / i said / i repeat
        you guys? need|have to / you guys? must|should / need you to / was wondering if you could
        i request that you / i request to / i wish to / i would like to / id like to / im not interested
        i am not interested / not interested / all / any / your / the / of your / goddamn / such / once again
        for the last time / further / future / promotional / commercial / annoying / unwanted / automated
        automatic / daily / weekly / constant / stupid / damn / fucking / fricking / freaking / bloody / so many
        too many / random / unsolicited / mailing / marketing list / stupid / dumb / endless / with all / though
        tho
    """,
    joints="and or but because cause cuz bc since plus so",
    going_on="""
        i / im / ive / ill / you / youre / u / ur / we / its / thats / this is / this isnt / it is / wrong / not
        who / what the / what is / sorry / no one / no thanks / nobody / have a / otherwise / else / or else / yours
        bye / goodbye / regards / sincerely / sent from / stop / leave / take me / remove me / unsubscribe / dont
        wtf / ffs / man / dude / guys / folks / people / yall / moved / consider / cancel / until further
        under any / per my
    """,
    subjects="you u i we they he she it who yall guys people him her them to ya anyone someone customers",
    denials="me dont donot do never not cant cannot wont didnt doesnt isnt wouldnt couldnt shouldnt arent havent did "
    "does why he she him her they them says reads saying said told without",
    conditions="if when whenever once unless until till while where",
    bare="""
        stop / stop stop / stop stop stop / stop this / stop these|those / stop sending
        stop sending these|those|this|them|things|everything|it / dont send <me> anything
        do not send <me> anything / no texts|sms|messages / how do|can i stop this|these / make it stop
        unsubscribe / unsubscribe unsubscribe / opt out / optout / opt me out / remove me / remove me list
        take me off / take me off list / leave me alone / quit / stop all / stopall / stop everything
        stop stop texting / delete me / unsub / unsub me / go away / fuck off / end this / cease / desist
    """,
    asides="""
        wrong number|person / you have wrong number|person / you got wrong number|person
        this is wrong number|person / who is this / who are you / no / nope / enough / no interest / i said so
        sorry / spam / this is spam / this is harassment / enough is enough / last warning
        i didnt sign up for this / i did not sign up for this / i dont know you / i dont want this|these / bye
        goodbye
    """,
)
