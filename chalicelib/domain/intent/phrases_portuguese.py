"""Portuguese. How a language is written down: `grammar.Source`."""

from .grammar import Source

PORTUGUESE = Source(
    slots={
        "stop": "parem pare para parar deixem deixe deixa",
        "messages": "mensagens mensagem sms emails email mails mail publicidade promocoes propaganda notificacoes spam "
        "whatsapps torpedos ofertas anuncios newsletter newsletters zaps",
        "list": "lista listas base cadastro newsletter sistema banco contatos contactos",
        "writing": "escrever contactar contatar incomodar chatear importunar perturbar",
        "written": "escrevam escreva escrevas contactem contacte contatem contate incomodem incomode perturbem",
        "send": "mandem mande mandes enviem envie envies",
        "out": "tirem tire tira removam remova retirem retire apaguem apague excluam exclua",
    },
    phrases="""
        <stop> de me? <writing>
        <stop> de <writing> me
        <stop> de me? mandar|enviar estas|essas|tantas? <messages>
        <stop> de mandar|enviar me? estas|essas? <messages>
        <stop> de me? mandar|enviar <messages> e <messages>
        <stop> com as|estas|essas|os? <messages>
        nao me <written> mais
        nao me <written> nunca mais
        ^nao me <written>$
        nao me <send> mais|nenhuma? <messages> mais?
        nao me <send> mais nada
        nao <send> mais <messages>
        nao quero mais|receber|nenhuma receber|mais|nenhuma? <messages> mais?
        nao quero mais estas|essas|as <messages>
        nao quero receber estas|essas|as <messages>
        nao desejo mais? receber mais? <messages>
        nao quero mais? ser contactado|contactada|contatado|contatada|incomodado|incomodada mais?
        nao quero que me <written>
        ^chega de|com? as|estas|essas|tantas? <messages>
        ^sem mais <messages>
        ^nada de mais <messages>
        ^nao mais <messages>
        ^nunca mais me? mandem|enviem? <messages>
        <out> me? da|desta|de|do vossa|sua|vosso|seu? <list>
        me <out> da|desta|de|do vossa|sua|vosso|seu? <list>
        <out> o? meu numero|contacto|contato|telefone da|desta|de|do vossa|sua|vosso|seu? <list>
        ^<out> o? meu numero|contacto|contato|telefone$
        quero|gostaria|desejo de? descadastrar me?
        quero|gostaria|desejo de? me descadastrar
        quero|gostaria|desejo de? cancelar a|minha|o|esta inscricao|subscricao|cadastro|envio$
        ^cancelem|cancele|cancelar as|estas|essas|os <messages>
        me descadastre|descadastrem
        descadastrem|descadastre me
        como me? descadastro|cancelo a? subscricao|inscricao?
        como faco para parar|cancelar de? receber? estas|essas|as? <messages>
        ^deixem|deixe|deixa me em paz
        ^me deixem|deixe|deixa em paz
        retiro|revogo o? meu? consentimento
    """,
    tails="""
        para este|esse|o|meu numero / neste|nesse numero / por sms|whatsapp|mensagem|email
        de contactos|contatos|dados|distribuicao|envio|voces|clientes / aqui / de voces / da vossa|sua parte
        de uma vez / no futuro / mais
    """,
    fillers="""
        por favor / porfavor / pfv / pf / se faz favor / faz favor / obrigado / obrigada / ja / agora
        imediatamente / ola / oi / bom dia / boa tarde / boa noite / podem / pode / poderiam / poderia / peco que
        queria que / gostaria que / vossas / suas / todas / todos / publicitarias / promocionais / sempre
        por gentileza / de texto / ok / de vez
    """,
    joints="e ou mas porque pois senao",
    going_on="""
        eu / nao sou / nao tenho / este nao / este numero / numero errado / voces / e engano / estou / cumprimentos
        obrigado
    """,
    subjects="voces voce tu ele ela eles",
    denials="nao nunca porque ele ela disse diz",
    conditions="se quando ate enquanto antes caso",
    bare="""
        sair / parar / parem / pare / chega / stop / descadastrar / cancelar inscricao / cancelar subscricao
        remover / nao perturbe / nao incomode / basta
    """,
    asides="""
        numero errado / e engano / nao tenho interesse / nao estou interessado|interessada / quem e / nao / ja chega
    """,
)
