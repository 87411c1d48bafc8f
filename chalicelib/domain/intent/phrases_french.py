"""French. How a language is written down: `grammar.Source`."""

from .grammar import Source

FRENCH = Source(
    slots={
        "stop": "arretez arrete arreter cessez cesse cesser stoppez",
        "writing": "ecrire contacter spammer harceler deranger texter importuner solliciter embeter",
        "messages": "messages message sms textos texto mails mail emails email courriels publicites publicite pub pubs "
        "notifications newsletter newsletters offres promos promotions spam spams mms demarchage sollicitations",
        "me": "me m nous",
        "write": "ecrivez ecris contactez contacte envoyez envoie derangez harcelez spammez sollicitez importunez",
        "list": "liste listes base fichier fichiers newsletter diffusion contacts",
        "out": "retirez retire supprimez supprime enlevez enleve effacez efface rayez otez radiez desabonnez "
        "desinscrivez desinscris desabonne",
    },
    phrases="""
        <stop> de <me> <writing>
        <stop> de <me> envoyer de|des|vos|ces|tous? ces|vos? <messages>
        <stop> de <me> envoyer des|vos|ces <messages> et <messages>
        <stop> d envoyer des|vos|ces <messages>
        ^<stop> avec? les|vos|ces|tous|l|la? ces|vos? <messages>
        ^<stop> l envoi de|des vos? <messages>
        ^stop aux|les|a|de? vos|ces? <messages>
        ! ne? <me> ecrivez|ecris|contactez|contacte|derangez|harcelez|spammez|sollicitez|importunez plus|jamais
        ! ne? <me> envoyez|envoie plus|jamais de|vos|ces|aucun|rien? <messages>
        ! n envoyez|envoie plus de|aucun <messages>
        ! ne? <me> envoyez plus rien
        ^ne <me> ecrivez|contactez pas$
        ^ne plus <me> ecrire|contacter|deranger|solliciter
        ^merci de ne plus <me> ecrire|contacter|deranger|solliciter|importuner
        de|a ne plus <me> ecrire|contacter|deranger|solliciter|importuner
        ne plus <me> envoyer de|aucun|vos <messages>
        je ne? veux|souhaite|desire plus recevoir de|vos|ces|aucun|des <messages>
        je ne? veux|souhaite|desire pas recevoir de|vos|ces|aucun|des <messages>
        je ne veux|souhaite|desire plus de|vos|ces|aucun <messages>
        je ne veux|souhaite|desire plus rien recevoir
        je ne? veux|souhaite|desire plus|pas etre contacte|contactee|derange|derangee|sollicite|sollicitee
        ^plus|jamais de <messages> s
        ^plus de <messages>$
        ^plus aucun <messages>
        ^plus jamais de <messages>
        ^assez de <messages>
        ^assez de vos|ces <messages>
        ^ras le bol de vos <messages>
        <out> moi de|des|du|la|votre|vos|cette|a|ta la|cette|vos|votre? <list>
        <out> mon numero|contact de|des|du la|votre|vos|cette <list>
        ^<out> mon numero$
        ^desabonnez|desinscrivez|desabonne|desinscris moi
        je veux|voudrais|souhaite|desire|aimerais <me> desabonner|desinscrire
        <me> desabonner$
        <me> desinscrire$
        comment <me> desabonner|desinscrire
        comment je <me> desabonne|desinscris
        comment puis je <me> desabonner|desinscrire
        comment arreter|stopper ces|vos|les <messages>
        je <me> desabonne|desinscris
        <me> retirer de votre|vos|la <list>
        ^laissez|laisse moi tranquille|tranquilles
        ^fichez|foutez moi la paix
        je retire|revoque mon consentement|accord
        je <me> oppose a la|toute prospection|sollicitation
    """,
    tails="""
        sur ce|mon numero|telephone / a ce|mon numero / par sms|texto|mail|email|whatsapp|message
        via sms|whatsapp|mail / de diffusion|contacts|contact|donnees|clients / de votre part / de vous / dorenavant
        a l avenir / ici / plus / et <messages>
    """,
    fillers="""
        s il vous plait / s il te plait / svp / stp / sil vous plait / sil te plait / merci / merci beaucoup
        merci d avance / bonjour / bonsoir / salut / madame / monsieur / desormais / maintenant / immediatement
        tout de suite / des maintenant / pouvez vous / pourriez vous / peux tu / pourrais tu / veuillez
        je vous prie de / je vous demande d / je vous demande / prieres / priere / donc / enfin / vraiment / encore
        toujours / publicitaires / commerciaux / sans cesse / texte / ok
    """,
    joints="et ou mais car parce sinon donc",
    going_on="""
        je / j / ce n / ce numero / c est / vous / mauvais numero / cordialement / merci / bonne / sinon
    """,
    subjects="vous tu il elle on ils nous",
    denials="pas jamais pourquoi ne n il elle dit",
    conditions="si quand lorsque sauf jusqu jusque avant pendant",
    bare="""
        arretez / arreter / stop / stop sms / stop pub / desabonner / desabonnement / desinscription / desinscrire
        desabo / desabonnez moi / plus de message
    """,
    asides="""
        mauvais numero / vous avez le mauvais numero / vous vous trompez de numero / erreur de numero
        pas interesse / pas interessee / je ne suis pas interesse / qui est ce / non / ca suffit / assez
    """,
)
