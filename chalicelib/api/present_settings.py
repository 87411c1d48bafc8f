"""What managers see, as it goes over HTTP. Addresses here are our own."""

from chalicelib.domain import invitations
from chalicelib.domain.addresses import Channel
from chalicelib.domain.chat_links import PLACE
from chalicelib.domain.first_text import first_text
from chalicelib.domain.merchants import ChatLinkSetting
from chalicelib.usecases.browse_proxies import Overview, ProxyLine
from chalicelib.usecases.change_merchant_phone import MerchantPhone
from chalicelib.usecases.change_store import WITH_MAIL, StoreSettings
from chalicelib.usecases.transfer_contacts import Overview as TransferOverview
from chalicelib.usecases.transfer_contacts import Progress

from . import settings_schemas

_WORDS = "Your boots are here."
_LINK = "https://…/chat#…"


def proxy_list(of: Overview) -> settings_schemas.ProxyList:
    pools = [
        settings_schemas.PoolView(
            channel=Channel(pool.channel),
            size=pool.size,
            most_held=pool.most_held,
            free_share=pool.free_share,
            low=pool.is_low,
        )
        for pool in of.pools
    ]
    rows = [_proxy(line, of.store_id) for line in of.lines]
    return settings_schemas.ProxyList(rows=rows, pools=pools, capped=of.capped)


def _proxy(line: ProxyLine, store_id: str) -> settings_schemas.ProxyView:
    return settings_schemas.ProxyView(
        channel=Channel(line.proxy.channel),
        address=line.proxy.address,
        owner=line.proxy.owner,
        state=line.proxy.state,
        associate_id=line.proxy.associate_id,
        associate_name=line.associate_name,
        connection_id=line.proxy.connection_id,
        provider=line.provider,
        conversations=line.conversations,
        shared_with=list(line.shared_with),
        changeable=line.proxy.store_id == store_id,
    )


def transfer_list(of: TransferOverview) -> settings_schemas.TransferList:
    return settings_schemas.TransferList(
        people=[settings_schemas.PersonView(id=each.id, name=each.name, contacts=each.contacts) for each in of.people],
        transfers=[transfer(each) for each in of.transfers],
    )


def transfer(of: Progress) -> settings_schemas.TransferView:
    return settings_schemas.TransferView(
        id=of.transfer.id,
        from_name=of.transfer.from_name,
        to_name=of.transfer.to_name,
        by_name=of.transfer.by_name,
        at=of.transfer.at,
        total=of.transfer.total,
        left=of.left,
        finished=of.transfer.finished,
        undone_at=of.transfer.undone_at,
        undone_by_name=of.transfer.undone_by_name,
    )


def store_settings(of: StoreSettings) -> settings_schemas.StoreSettingsView:
    return settings_schemas.StoreSettingsView(
        chat_link=of.store.chat_link, ways=[_way(each, of) for each in ChatLinkSetting]
    )


def merchant_phone(of: MerchantPhone) -> settings_schemas.MerchantPhoneView:
    return settings_schemas.MerchantPhoneView(phone=of.phone, opted_out=of.opted_out)


def _way(chat_link: ChatLinkSetting, of: StoreSettings) -> settings_schemas.WayView:
    name, by_mail = of.store.name, chat_link in WITH_MAIL
    texts = {
        ChatLinkSetting.OFF: lambda: first_text(name, _WORDS),
        ChatLinkSetting.IN_MAIL: lambda: invitations.text_about_mail(name),
    }
    text = texts.get(chat_link, lambda: invitations.text_with_link(name))()
    return settings_schemas.WayView(
        chat_link=chat_link,
        text=text.replace(PLACE, _LINK),
        mail=invitations.mail_with_link(name).replace(PLACE, _LINK) if by_mail else None,
        available=of.has_mail or not by_mail,
    )
