"""Spanish. How a language is written down: `grammar.Source`."""

from .grammar import Source

SPANISH = Source(
    slots={
        "let": "deja dejen deje dejad dejar dejes pare paren parad para",
        "writing": "escribirme escribirnos contactarme contactarnos molestarme molestarnos textearme "
        "mensajearme spamearme acosarme",
        "sending": "enviarme mandarme enviar mandar enviarnos mandarnos",
        "messages": "mensajes mensaje sms mensajitos correos correo emails email mails mail publicidad promociones "
        "promos ofertas notificaciones textos anuncios whatsapps wasaps boletines boletin propaganda spam",
        "write": "escriban escribas escriba escribais contacten contactes contacte contacteis molesten molestes "
        "moleste molesteis",
        "send": "envien envies envie envieis manden mandes mande mandeis",
        "me": "me nos",
        "list": "lista listas base suscripcion boletin agenda sistema",
        "out": "quitenme quiteme quitame saquenme saqueme sacame borrenme borreme borrame eliminenme eliminame "
        "elimineme quitadme borradme",
        "delete": "borren borre borra eliminen elimine elimina quiten quite quita",
        "number": "numero telefono contacto",
    },
    phrases="""
        <let> de <writing>
        <let> de <sending> <messages>
        <let> de <sending> estos|esos|tantos|mas <messages>
        <let> de <sending> <messages> y <messages>
        <let> ya? de <writing>
        no <me> <write> mas
        no <me> <write> nunca|jamas mas?
        ^no <me> <write>$
        no <me> vuelvan|vuelvas|vuelva|volvais a escribir|contactar|molestar
        no vuelvan|vuelvas|vuelva a <writing>
        no <me> vuelvan|vuelvas|vuelva a enviar|mandar <messages>
        no vuelvan|vuelvas|vuelva a <sending> <messages>
        no <me> <send> mas|ningun|ninguna|nunca? <messages> mas?
        no <me> <send> nada mas
        no <send> mas <messages>
        no quiero recibir mas|ningun|estos|esos|nada? <messages> mas?
        no quiero seguir recibiendo estos|esos? <messages>
        no deseo recibir mas|ningun|estos? <messages> mas?
        no deseo seguir recibiendo <messages>
        no quiero mas <messages>
        ya no quiero estos|sus|mas? <messages>
        ya no quiero recibir mas|estos? <messages>
        ya no deseo recibir mas|estos? <messages>
        no quiero que <me> <write>
        no quiero que <me> <send> mas? <messages>
        no quiero ser contactado|contactada|molestado|molestada
        no quiero saber nada|mas de ustedes|vosotros
        ^no|ni|ningun|cero mas <messages>
        ^ningun <messages> mas
        ^basta de|con|ya? <messages>
        ^basta de tantos|estos|esos <messages>
        ^basta ya de|con <messages>
        ^paren|pare|parad los|estos|esos|con|sus <messages>
        ^paren|pare|parad con los|estos <messages>
        cancelen|cancele|cancela|cancelad los|estos|esos|mis <messages>
        <out> de la|su|tu|esta|sus|vuestra? <list>
        ^<out> de aqui|ahi|esto|la <list>?
        <delete> mi <number> de la|su|tu|esta|vuestra <list>
        ^<delete> mi <number>$
        quiero|quisiera|deseo|solicito|necesito darme de baja
        quiero|quisiera|deseo|solicito la baja
        ^denme|deme|dame|dadme|darme de baja
        como me doy de baja
        como puedo darme de baja
        como|quiero cancelo|cancelar la|mi suscripcion a? <messages>?$
        desuscribanme|desuscribeme|desuscribirme|desuscribanos
        quiero|deseo desuscribirme
        ^dejenme|dejeme|dejame|dejadme en paz
        ^dejenme|dejame|dejeme tranquilo|tranquila
        retiro|revoco mi consentimiento|autorizacion|permiso
        no autorizo mas? <messages>
        no <me> contacten|contacte
    """,
    tails="""
        a|en este|mi numero / por sms|whatsapp|wasap|mensaje|correo|email|aqui|este medio
        con publicidad|promociones|ofertas|mensajes|sus mensajes / de su|esta tienda|empresa / de ustedes / aqui
        de datos / de contactos|difusion|correo|distribucion|envio|envios|clientes / de una vez / nunca
    """,
    fillers="""
        por favor / porfavor / porfa / porfis / pf / gracias / muchas gracias / ya mismo / ahora / ahora mismo
        inmediatamente / hola / buenas / buenos dias / buenas tardes / buenas noches / oigan / oye / oiga
        les pido que / le pido que / te pido que / pueden / puede / podrian / podria / podeis / puedes / favor de
        tantos / tanta / tanto / sus / vuestros / otra vez / de nuevo / todos / todas / publicitarios
        promocionales / comerciales / de publicidad / de texto / urgente / en serio
    """,
    joints="y o pero porque pues ni que",
    going_on="""
        no me / no soy / no estoy / este no / este numero / yo / es un / se equivocaron / numero equivocado / estoy
        gracias / saludos / ya no / ya me / me mude / adios
    """,
    subjects="ustedes usted tu el ella ellos yo",
    denials="no nunca porque ella el dice dijo jamas",
    conditions="si cuando hasta mientras antes salvo",
    bare="""
        baja / de baja / dar de baja / alto / parar / paren / pare / paren ya / basta / basta ya / stop
        cancelar suscripcion / no mas / desuscribir / no molestar / no molesten / no escriban / no escriban mas
        no mensajes
    """,
    asides="""
        numero equivocado / se equivocaron de numero / esta equivocado / no me interesa
        no estoy interesado|interesada / quien es / no / ya
    """,
)
