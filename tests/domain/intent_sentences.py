"""What customers write: sentences that ask not to be written to, and ordinary talk that only sounds like it.

One sentence a line, written for this table; a literal `\\n` is a line break.
"""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip().replace("\\n", "\n") for line in text.splitlines() if line.strip())


ASKING = {
    "en": _lines(r"""
        Please stop texting me
        please stop texting me.
        PLEASE STOP TEXTING ME!!!
        Stop texting me
        stop texting me please 🙏
        Can you please stop texting me?
        could you stop messaging me
        Would you stop sending me texts
        Stop sending me messages
        Please stop sending me these promotional messages.
        stop sending me offers
        Stop sending messages to this number... no, really: stop sending messages.
        Quit texting me
        Quit sending me stuff
        stop contacting me
        Stop bothering me
        stop spamming me!
        Stop harassing me with texts
        I asked you to stop texting me
        I told you to stop texting me twice already. Stop texting me.
        I would like you to stop contacting me.
        You need to stop texting me
        I said stop texting me
        For the last time, stop texting me
        Seriously, stop texting me
        stop texting me i moved to texas
        stop texting me this is the wrong number
        wrong number stop texting me
        You have the wrong number, please stop texting me
        who is this stop texting me
        im not interested please stop texting me
        Not interested. Please stop texting me.
        Stop texting me or I will report you
        Stop texting me and call me instead
        stop texting me because I already bought one elsewhere
        Hi Mia, please stop texting me. I found another shop.
        Hello,\nplease stop texting me\nAnna
        Stop texting this number
        Stop texting me on this number
        Please stop texting my phone
        don't text me
        Don't text me anymore
        dont text me any more
        Do not text me again
        Please don't text me again, ever.
        Don’t contact me anymore
        Don't contact me any more.
        do not contact me
        Please do not contact me by text
        Do not call or text me
        don't ever message me again
        Never text me again
        Please don't send me any more texts
        Don't send me any more messages, thanks
        do not send me texts or emails
        Don't write to me anymore
        I don't want any more texts
        I don't want to receive these messages
        I do not want to receive texts from you
        I don't want your messages
        I no longer want to receive messages
        I no longer wish to receive texts from your store.
        I do not wish to be contacted
        I don't want to be contacted anymore
        I don't want to hear from you again
        I don't want to be on your list
        I never want to hear from you again
        No more texts
        no more texts please
        No more messages!
        No more of these texts please
        ok no more texts thanks
        Enough with the texts
        Take me off your list
        take me off your list please
        Please take me off of your mailing list
        Take my number off your list
        Remove me from your list
        please remove me from your contacts
        Remove my number
        Please remove my number from your database
        Delete my number from your list
        delete my number please
        Lose my number
        Get me off this list
        Unsubscribe me
        unsubscribe me please
        Please unsubscribe
        I want to unsubscribe
        I would like to unsubscribe from your texts
        How do I unsubscribe?
        how can i unsubscribe from this
        Opt me out
        I want to opt out
        I'd like to opt out please
        Please opt me out of these texts
        How do I opt out?
        how do I stop these texts
        How can I stop receiving these messages?
        make these texts stop
        Please stop
        stop please
        Stop it's the wrong number... please stop texting me
        Wrong number. Stop.
        ok stop
        please just stop
        Stop. Stop. Stop.
        Stop the messages
        stop these texts
        Stop all messages please
        Please cancel these texts
        cease and desist
        I revoke my consent
        I withdraw my consent to receive texts
        leave me alone
        Please leave me alone!
        Put me on your do not contact list
        Stop calling and texting me
        Thanks for the shoes. Please don't text me anymore though.
        I got my order, thank you. You can stop texting me now.
        Tell them to stop texting me
        > Big sale this weekend!\nStop texting me
        "Stop texting me"
        stop messaging me u got the wrong person
        I am not Julia. Stop texting me
        I don’t wish to receive any further text messages.
        Kindly desist from messaging me
        Remove my name from your list
        STOP. I don't want these.
        can u please remove me from ur list
        remove me from ur texting list
        I did not consent to these messages, please stop
        please delete my phone number
        You have the wrong number. Do not text me again.
        This is my last request. Do not contact me again.
        Please stop sending me these text messages
        I want to stop receiving your texts
    """),
    "es": _lines(r"""
        Por favor deje de escribirme
        Dejen de mandarme mensajes
        dejen de enviarme mensajes por favor
        Deja de molestarme
        No me escriban más
        no me escribas mas
        No me contacten más, gracias
        No me manden más mensajes
        No me envíen más publicidad
        Ya no quiero recibir mensajes
        No quiero recibir más mensajes
        no quiero mas mensajes
        No más mensajes por favor
        Basta de mensajes
        Quítenme de la lista
        Quítenme de su lista, por favor
        Bórrenme de su base de datos
        Borren mi número
        Quiero darme de baja
        Por favor, denme de baja
        Número equivocado, no me escriban más
        Déjenme en paz
        Retiro mi consentimiento
        baja por favor
    """),
    "de": _lines(r"""
        Bitte schreiben Sie mir nicht mehr
        bitte schreibt mir nicht mehr
        Hören Sie auf, mir zu schreiben!
        Hört bitte auf mir Nachrichten zu schicken
        hoert auf mir zu schreiben
        Bitte keine Nachrichten mehr
        Keine SMS mehr bitte
        keine weiteren Nachrichten
        Ich möchte keine Nachrichten mehr bekommen
        Ich will keine SMS mehr von euch
        Ich möchte keine Werbung mehr erhalten
        Ich möchte nicht mehr kontaktiert werden.
        Kontaktieren Sie mich nicht mehr
        Bitte nicht mehr schreiben
        Schickt mir keine Nachrichten mehr
        Senden Sie mir bitte nichts mehr
        Nehmen Sie mich bitte aus dem Verteiler
        Streichen Sie mich von Ihrer Liste
        Bitte löschen Sie meine Nummer
        Ich möchte mich abmelden
        bitte abmelden
        Melden Sie mich bitte vom Newsletter ab
        Hiermit widerrufe ich meine Einwilligung - ich widerrufe meine Einwilligung.
        Lasst mich in Ruhe!
        Falsche Nummer. Bitte schreiben Sie mir nicht mehr.
        Stoppt die Nachrichten bitte
        Ich möchte von euch keine Nachrichten mehr
    """),
    "fr": _lines(r"""
        Arrêtez de m'écrire
        Arrêtez de m’envoyer des messages s’il vous plaît
        arrêtez de me contacter svp
        Arrêtez les SMS
        Ne m'écrivez plus
        Ne me contactez plus, merci
        Ne m'envoyez plus de messages
        m'envoyez plus de sms svp
        Merci de ne plus me contacter
        Je ne veux plus recevoir vos messages
        Je ne souhaite plus recevoir de SMS
        je veux plus recevoir vos sms
        Je ne souhaite plus être contactée
        Plus de messages svp
        Stop aux messages
        Je souhaite me désabonner
        Désabonnez-moi
        Désinscrivez-moi de votre liste
        Retirez-moi de votre liste
        Supprimez mon numéro
        Laissez-moi tranquille
        Mauvais numéro, ne m'écrivez plus
        Comment me désinscrire ?
    """),
    "it": _lines(r"""
        Smettetela di scrivermi
        smettete di mandarmi messaggi
        Per favore smetta di scrivermi
        Non scrivetemi più
        Non mi scriva più per favore
        Non contattatemi più
        Non mandatemi più messaggi
        Non voglio più ricevere messaggi
        non voglio ricevere altri sms
        Non voglio più essere contattata
        Basta messaggi
        Basta con questi messaggi!
        Toglietemi dalla vostra lista
        Cancellatemi dalla lista
        Cancellate il mio numero
        Vorrei disiscrivermi
        Disiscrivetemi per favore
        Lasciatemi in pace
        Numero sbagliato, non scrivetemi più
    """),
    "pt": _lines(r"""
        Parem de me mandar mensagens
        Por favor, pare de me enviar mensagens
        para de me mandar mensagem
        Não me mandem mais mensagens
        Não me escrevam mais
        Não me contactem mais
        Não quero receber mais mensagens
        não quero mais receber mensagens
        Chega de mensagens
        Tirem-me da vossa lista
        Me tirem da lista
        Removam o meu número
        Quero cancelar a inscrição
        Deixem-me em paz
        Me deixem em paz
        Número errado, não me mandem mais mensagens
        sair por favor
    """),
    "nl": _lines(r"""
        Stop met berichten sturen
        Stop alstublieft met mij te appen
        Stuur mij geen berichten meer
        stuur me geen sms meer aub
        Geen berichten meer graag
        Ik wil geen berichten meer ontvangen
        Ik wil niet meer gecontacteerd worden
        Neem geen contact meer met mij op
        Haal mij van jullie lijst
        Verwijder mij uit jullie bestand
        Verwijder mijn nummer
        Schrijf mij uit
        Ik wil me uitschrijven
        Meld me af
        Laat me met rust
        Verkeerd nummer, app me niet meer
    """),
}

ORDINARY = {
    "en": _lines(r"""
        please stop by the store
        Can I stop by the store tomorrow?
        I'll stop by after work
        Please stop by when you have time
        can you cancel my order
        Please cancel my order
        please cancel the second one
        cancel it please
        Cancel my subscription to the coffee box
        don't text me before 9, call me
        Please don't text me before noon
        don't text me after 8pm
        Do not text me until Monday
        don't text me while I'm at work
        Don't text me at work
        please don't text me tonight
        Don't text me today, I'm in a meeting
        don't message me during the day
        dont text me yet
        Don't contact me unless it is about my order
        Stop texting me unless it's about the refund
        If the dress is sold out, stop texting me about it
        If it doesn't fit don't text me, just refund it
        don't stop texting me
        Please don't stop texting me, I love the updates
        please do not stop sending me messages
        Never stop sending me offers!
        I can't stop texting you guys lol
        Why did you stop texting me?
        did you stop texting me
        You never stopped texting me back then
        You don't text me anymore
        you never text me back
        They don't contact me when it's ready
        the courier didn't text me
        The driver did not contact me
        Nobody contacted me
        Your colleague said don't text me the code
        my husband said "stop texting me" haha
        Your message says "reply STOP to opt out" is that real?
        It says text STOP to stop messages, is this automatic?
        the text says stop sending me messages, what is that
        stop the shipment
        Please stop the delivery
        Stop the order, I changed my mind
        can you stop the parcel
        stop the payment please
        Please stop sending the parcel to my old address
        Please stop sending it to my office
        stop sending the small size
        You keep sending me the wrong size, stop sending me the wrong size
        stop sending me to voicemail
        Stop charging my card
        stop my subscription box
        remove the second item
        Please remove the second item from my order
        Remove me from the waiting list for the blue one
        take me off the waitlist for size 8
        Remove the discount please
        please remove my old address
        Remove my card from the account
        take it off the order
        Take 10 off the price?
        delete the blue one from my cart
        Please delete my old phone number from my account
        end of the month
        At the end of the week please
        In the end I kept it
        when does the sale end
        I can't stop wearing it
        I cannot stop thinking about those boots
        I can't stop looking at that coat
        It doesn't stop leaking
        the watch stopped
        My watch stopped working
        the zipper won't stop squeaking
        How do I stop the alarm on this clock?
        make the alarm stop
        Is there a bus stop near the store?
        Which stop is closest to you?
        I'm at the stop on Pine Street
        one-stop shop!
        non-stop rain here
        Stop it, that's so pretty 😍
        stop!! I love it so much
        OMG stop, those are gorgeous
        no stop that is too funny
        No more than two please
        no more thanks
        I need no more than three
        There are no more messages in my inbox
        I got no more texts from the courier
        No messages from UPS yet
        no text from the driver
        No updates?
        Any messages for me?
        I don't want any more shoes
        I don't want the blue one
        I don't want to receive it before Friday
        I don't want the message on the card
        I don't want to wait anymore
        I don't want any more items in the box
        I don't want a text engraved
        I do not want to be charged twice
        I don't want to be home when it arrives
        I don't want to hear that it is sold out
        I no longer want the jacket
        I no longer wish to exchange it
        I don't want it any more
        can you text me when it is ready
        please text me
        Please message me when it ships
        Text me, don't call me
        don't call me, text me
        Please stop calling me, just text
        stop calling me and text me
        Don't email me, text me instead
        Please don't contact me by email, text is better
        don't contact me by phone
        Do not call me
        don't send me the receipt by mail
        Don't send it yet
        Don't send the red one
        please don't send me the red one
        don't send me anything until I have paid
        Don't send me anything, I'll pick it up at the store
        don't write my name on it
        don't write to the old address
        Do not leave it at the door
        leave it with my neighbour
        Leave me a note
        leave me the blue one please
        leave it alone for now
        Can you take me off hold
        Put me on the list
        put me on your list for the restock
        add me to your list please
        Please add me to the mailing list
        I want to subscribe
        How do I subscribe?
        how do I sign up for texts
        I unsubscribed by accident, can you add me again?
        don't unsubscribe me
        I did not unsubscribe
        the unsubscribe page is about my magazine
        what happens if I opt out of gift wrapping
        can I opt out of the insurance
        I opted out of insurance
        Opt for the blue one
        I want to opt for express
        quit worrying, it fits
        I quit my job so I need the suit
        I won't quit on this dress
        he won't stop texting me about your sale
        My ex won't stop texting me lol
        she can't stop messaging me about those earrings
        How do I get him to stop texting me haha
        stop me if you've heard this
        stop at the second floor
        Should I stop at the counter?
        The elevator doesn't stop there
        can you stop the clock on my reservation
        hold and stop nothing, all good
        Do you have any messages about my order?
        Your messages are great
        your texts are so helpful
        Thank you for the texts
        Thanks for the message
        I lost my number, can you look it up
        I don't know my number
        Is this your number?
        Please change my number
        My number is wrong in your system
        You have the wrong number for me, it ends in 0102
        wrong size
        wrong number of items in the box
        this is the wrong number of plates
        Please remove my number from order 1001 and use my wife's
        Delete the second number on file please
        Where are you?
        who is this
        Who is this?
        not interested in the red one
        I'm not interested in the warranty
        I am interested
        enough already, I'll take both :)
        enough room for two?
        Is that enough?
        spam or ham sandwich? ha
        Your mail went to spam
        I found your text in my spam folder
        cease fire on the discounts haha
        I withdraw my question
        I withdraw my offer
        I consent
        I give my consent
        What did I consent to?
        The package was marked stop
        please continue texting me
        keep texting me
        Keep me on the list
        keep sending me offers
        You can text me any time
        feel free to message me again
        text me again tomorrow
        message me again when it is back
        contact me again next week
        Please stop the music in the store
        please stop changing my appointment
        Please stop moving the date
        can we stop the exchange and do a refund
        I'd like to cancel
        I want to cancel my appointment
        I want to end my membership
        unfollow me on instagram
        turn off the lights
        can I turn off the heated seat
        Alert: your door is open
        there's a notification on the app that won't go away
        how do I turn off the notification on my watch
        STOP by tomorrow at 5?
        Will you stop by?
        We had to stop for gas, running late
        I had to stop reading your texts to finish work
        I'll stop texting you now, sorry
        Sorry, I'll stop bothering you
        I will stop messaging you so late
        Should I stop messaging here?
        Do you want me to stop texting this number?
        My mom wants to stop receiving the catalogue by post
        they said they'd stop the sale today
        The texting feature is nice
        Can I get texts about sales?
        I want to get texts from you
        I want to receive messages about new arrivals
        > please stop texting me\nHaha what was that? I never wrote it
        She wrote "unsubscribe me" in the note field by mistake
        Can you remove the text from the print?
        Please remove the message from the gift card
        No more text on the mug please, just the logo
        I don't want messages printed on it
        end
        the end is near lol
        Take my number and call me when it's in
        take my number off line 2 of the label
        Remove this number from the engraving
        Don't text my husband, it's a surprise
        please don't text my wife about the gift
        Don't tell my wife
        Never mind
        nevermind
        never received the text
        I never got your message
        yes please
        Yes, I'll take two
        ok thanks
        no
        No thanks
        Thanks, bye
        When do you close?
        help me choose
        do you have this in green
        Info on the return policy?
        The start time was wrong
        Stop texting lol I'm already on my way
        please do not text and drive
        Can you remove my name from the box
        please remove my name from the gift list
        please don't send texts to my mom's number
        how do I stop messages from lighting up my watch
        Don't contact my bank
        stop sending me pictures of that dress, I will buy it
    """),
    "es": _lines(r"""
        ¿Puedo pasar por la tienda mañana?
        No me escriban antes de las 9
        no me llamen, escríbanme
        No dejen de escribirme cuando llegue
        No quiero más zapatos
        No quiero el azul
        Ya no quiero el pedido
        Quiero cancelar mi pedido
        cancelen mi pedido por favor
        Dejen el paquete con el vecino
        Dejen de mandar el paquete a mi dirección anterior
        No me manden el rojo
        No me envíen la talla M
        Quiten el segundo artículo
        Quítenme el segundo artículo
        Borren la dirección vieja
        Bájame el precio
        ¿La temporada baja cuándo es?
        Basta con dos
        No más de dos
        Para los niños, talla 6
        Mándame un mensaje cuando llegue
        No me llegó ningún mensaje
        No recibí más mensajes del mensajero
        Si no hay en negro, no me escriban
        Mi hermana no deja de escribirme sobre sus ofertas
        ¿Por qué dejaron de escribirme?
        Pónganme en la lista
        fin de mes
        ¿Dónde está la parada de autobús?
    """),
    "de": _lines(r"""
        Kann ich morgen im Laden vorbeikommen?
        Schreiben Sie mir nicht vor 9 Uhr
        Bitte schreiben Sie mir nicht mehr nach 20 Uhr
        schreibt mir bitte, nicht anrufen
        Ich möchte meine Bestellung stornieren
        Ich will die Jacke nicht mehr
        Ich möchte keine weiteren Schuhe
        Ich möchte den blauen nicht mehr
        Bitte stoppen Sie die Lieferung
        Stoppt den Versand
        Hören Sie auf, an meine alte Adresse zu liefern
        Ich kann nicht aufhören, sie zu tragen
        Schickt mir keine Größe M
        Schicken Sie mir nichts vor Freitag
        Ich habe keine Nachricht mehr bekommen
        Es kamen keine Nachrichten mehr vom Boten
        Warum schreibt ihr mir nicht mehr?
        Ihr schreibt mir nicht mehr
        Ihr schickt mir keine Nachrichten mehr, alles ok?
        Wenn es ausverkauft ist, schreibt mir nicht mehr
        Bitte nehmen Sie den zweiten Artikel heraus
        Nehmen Sie mich auf die Liste
        Setzt mich auf die Warteliste
        Bitte löschen Sie meine alte Adresse
        Ende des Monats
        Wo ist die Haltestelle?
        Ich melde mich morgen
        Melden Sie sich bitte
        Wie kann ich mich anmelden?
        Mein Freund hört nicht auf mir von euch zu schreiben
        Keine Eile
    """),
    "fr": _lines(r"""
        Je peux passer au magasin demain ?
        Ne m'écrivez pas avant 9h
        Ne m'appelez pas, écrivez-moi
        Je voudrais annuler ma commande
        Arrêtez la livraison
        Arrêtez d'envoyer le colis à mon ancienne adresse
        Je ne veux plus la veste
        Je ne veux pas le bleu
        Je n'ai plus de messages du livreur
        Il n'y a plus de taille 40 ?
        Plus de messages que prévu dans ma boîte
        Pourquoi ne m'écrivez-vous plus ?
        Si c'est épuisé, ne m'écrivez plus
        Je n'arrête pas de la porter
        Retirez le deuxième article
        Retirez l'article de ma liste d'envies
        Ajoutez-moi à la liste
        Mettez-moi sur la liste d'attente
        Supprimez mon ancienne adresse
        Laissez le colis chez le voisin
        Où est l'arrêt de bus ?
        fin du mois
        Envoyez-moi un message quand c'est prêt
        N'arrêtez pas de m'écrire
        Comment m'abonner ?
        Vous ne m'écrivez plus ?
    """),
    "it": _lines(r"""
        Posso passare in negozio domani?
        Non scrivetemi prima delle 9
        Non chiamatemi, scrivetemi
        Vorrei annullare l'ordine
        Fermate la spedizione
        Smettete di spedire al vecchio indirizzo
        Non voglio più la giacca
        Non voglio il blu
        Non ho più ricevuto messaggi dal corriere
        Perché non mi scrivete più?
        Se è esaurito non scrivetemi più
        Non smetto di indossarla
        Togliete il secondo articolo
        Cancellate il secondo articolo
        Cancellate il mio vecchio indirizzo
        Mettetemi in lista
        Basta così, grazie
        Ne bastano due
        fine del mese
        Mandatemi un messaggio quando arriva
        Dov'è la fermata dell'autobus?
    """),
    "pt": _lines(r"""
        Posso passar na loja amanhã?
        Não me mandem mensagens antes das 9
        Não me liguem, escrevam
        Quero cancelar o pedido
        Parem a entrega
        Parem de enviar para a morada antiga
        Não quero mais o casaco
        Não quero o azul
        Não recebi mais mensagens do estafeta
        Porque não me escrevem mais?
        Se estiver esgotado não me mandem mais mensagens
        Não consigo parar de usar
        Tirem o segundo artigo
        Removam a morada antiga
        Coloquem-me na lista
        Chega amanhã?
        Quando chega a encomenda?
        fim do mês
        Mandem uma mensagem quando chegar
        A que horas posso sair daqui com o pacote?
    """),
    "nl": _lines(r"""
        Kan ik morgen langskomen in de winkel?
        App me niet voor 9 uur
        Bel me niet, app me
        Ik wil mijn bestelling annuleren
        Stop de levering
        Stop met sturen naar mijn oude adres
        Ik wil de jas niet meer
        Ik wil geen blauwe
        Ik heb geen berichten meer gekregen van de koerier
        Waarom appen jullie mij niet meer?
        Als het uitverkocht is, app me niet meer
        Ik kan niet stoppen met dragen
        Haal het tweede artikel uit de bestelling
        Verwijder mijn oude adres
        Zet mij op de lijst
        Schrijf mijn naam erop
        einde van de maand
        Stuur me een bericht als het er is
        Waar is de bushalte?
        Jullie sturen me geen berichten meer
        Laat het pakket bij de buren
    """),
}
