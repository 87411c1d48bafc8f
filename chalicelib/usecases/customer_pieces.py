"""The pieces of a customer's file, one after the other, each of a few requests (X13).

Every piece looks again at whose it is: a position that somebody made up leads to nothing that is not this customer's,
and a phone that two customers share brings nothing of the other one.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.consent import Consent
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.customers import Customer
from chalicelib.domain.erasures import Place, erasure_of
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.exports import Bought, LeftOut, Part, Records, Spot, Talk
from chalicelib.domain.invites import Invite
from chalicelib.domain.merchants import Associate, Permission
from chalicelib.domain.notes import NoteKind

from .ports import Deps

MESSAGES = 50
"""Rows of a conversation that are read at once; DynamoDB ends at 1 MB in any case."""
NOTES = 50


class Gathering:
    """One page of one customer's file, for one associate."""

    def __init__(self, customer: Customer, associate: Associate, deps: Deps) -> None:
        self._customer, self._associate, self._deps = customer, associate, deps
        self.records = Records()

    def piece(self, spot: Spot) -> Spot | None:
        """Gathers what is there; where it goes on, None: that was the last. Raises InvalidInput for no such spot."""
        if spot.part in _OF_SOMEBODY and spot.whose not in self._customer.ids:
            raise InvalidInput
        steps: dict[Part, Callable[[Spot], Spot | None]] = {
            Part.CUSTOMER: self._profile,
            Part.NOTES: self._notes,
            Part.CONVERSATIONS: self._conversation,
            Part.INSIDE: self._inside,
            Part.ORDERS: self._order,
            Part.COLLEAGUES: self._colleague,
            Part.CONSENT: self._consent,
        }
        return steps[spot.part](spot)

    def _may_see(self, store_id: str) -> bool:
        return self._associate.may(Permission.UNMASK, store_id)

    def _next_customer(self, spot: Spot, then: Spot) -> Spot:
        """The same of the next one of those who were merged; after the last, `then`."""
        ids = self._customer.ids
        place = ids.index(spot.whose) + 1
        return Spot(spot.part, ids[place]) if place < len(ids) else then

    def _profile(self, _: Spot) -> Spot:
        self.records.customers += [self._customer, *self._halves(self._customer)]
        return Spot(Part.NOTES, self._customer.ids[0])

    def _halves(self, customer: Customer) -> Iterator[Customer]:
        """Those who were merged into them, and into those."""
        for each in self._deps.customers.merged_into(customer):
            yield each
            yield from self._halves(each)

    def _notes(self, spot: Spot) -> Spot:
        found = self._deps.customer_files.notes(NoteKind.CUSTOMER, spot.whose, spot.after, NOTES)
        self.records.notes += [note for note in found.rows if self._may_see(note.store_id)]
        if found.after is not None:
            return Spot(spot.part, spot.whose, after=found.after)
        return self._next_customer(spot, Spot(Part.CONVERSATIONS, self._customer.ids[0]))

    def _conversation(self, spot: Spot) -> Spot:
        found = self._deps.customer_files.next_conversation(spot.whose, spot.what)
        if found is None:
            return self._next_customer(spot, Spot(Part.ORDERS, self._customer.ids[0]))
        passed = Spot(spot.part, spot.whose, found)
        conversation = self._theirs(found, spot.whose)
        if conversation is None:
            return passed
        if not self._may_see(conversation.store_id):
            self.records.left_out.append(LeftOut("conversation", conversation.store_id))
            return passed
        key = conversation.consent_key
        self.records.conversations.append(Talk(conversation, self._deps.consents.state(key)))
        lines = self._deps.consents.history(key)
        self.records.consent_lines += [line for line in lines if line.conversation_id == conversation.id]
        return Spot(Part.INSIDE, spot.whose, found)

    def _theirs(self, conversation_id: str, whose: str) -> Conversation | None:
        found = self._deps.conversations.find(conversation_id)
        return found if found is not None and found.customer_id == whose else None

    def _inside(self, spot: Spot) -> Spot:
        passed = Spot(Part.CONVERSATIONS, spot.whose, spot.what)
        conversation = self._theirs(spot.what, spot.whose)
        if conversation is None or not self._may_see(conversation.store_id):
            return passed
        found = self._deps.customer_files.inside(conversation.id, spot.after, MESSAGES)
        self.records.messages += found.messages
        self.records.held += found.held
        self.records.carts += found.carts
        return passed if found.after is None else Spot(spot.part, spot.whose, spot.what, found.after)

    def _order(self, spot: Spot) -> Spot:
        found = self._deps.customer_files.next_order(spot.whose, spot.after)
        if found is None:
            return self._next_customer(spot, Spot(Part.COLLEAGUES))
        position, order = found
        if order is not None and order.erased_at is None:
            if not self._may_see(order.store_id):
                self.records.left_out.append(LeftOut("order", order.store_id))
            else:
                texts = tuple(self._deps.automatic_texts.of_order(order.id))
                self.records.orders.append(Bought(order, texts))
                remarks = self._deps.customer_files.notes(NoteKind.ORDER, order.id, "", NOTES * 2)
                self.records.notes += [note for note in remarks.rows if self._may_see(note.store_id)]
        return Spot(spot.part, spot.whose, after=position)

    def _colleague(self, spot: Spot) -> Spot:
        """Reminders and invitations of one of them."""
        left = [each for each in self._colleagues() if each > spot.what]
        if not left:
            return Spot(Part.CONSENT)
        files = self._deps.customer_files
        reminders = [each for each in files.reminders(left[0]) if each.customer_id in self._customer.ids]
        self.records.reminders += [each for each in reminders if self._may_see(each.store_id)]
        invites = [each for each in files.invites(left[0]) if self._may_see(each.store_id)]
        about = {name for each in invites for name in _about(each)}
        found = self._deps.conversations.find_several(sorted(about)) if about else {}
        theirs = {name for name, each in found.items() if each.customer_id in self._customer.ids}
        self.records.invites += [_of_theirs(each, theirs) for each in invites if _about(each) & theirs]
        return Spot(spot.part, what=left[0])

    def _colleagues(self) -> Sequence[str]:
        """Of the stores that the associate may see."""
        stores = [store for store in self._deps.directory.stores() if self._may_see(store.id)]
        mine = [store for store in stores if store.merchant_id == self._customer.merchant_id]
        return sorted({each.id for store in mine for each in self._deps.directory.colleagues(store.id)})

    def _consent(self, spot: Spot) -> Spot | None:
        """Of one of their addresses, what holds there, and how it came to that without any conversation."""
        number = int(spot.what) if spot.what.isdecimal() else 0
        places = erasure_of(self._customer, "", "", "", 0).places
        if number >= len(places):
            return None
        place = places[number]
        if self._is_theirs_alone(place):
            for consent in self._deps.personal_data.consents(self._customer.merchant_id, place):
                self._said(consent)
        return Spot(spot.part, what=str(number + 1))

    def _said(self, consent: Consent) -> None:
        """What holds for all stores of the merchant is seen in each of them."""
        scope = consent.key.scope
        if scope != self._customer.merchant_id and not self._may_see(scope):
            self.records.left_out.append(LeftOut("consent", scope))
            return
        self.records.consents.append(consent)
        lines = self._deps.consents.history(consent.key)
        self.records.consent_lines += [line for line in lines if not line.conversation_id]

    def _is_theirs_alone(self, place: Place) -> bool:
        """Whoever else has it as well, it leads to this customer."""
        if place.channel == Channel.CHAT:
            return True
        kinds = {place.channel, Channel.SMS.value if place.channel == Channel.WHATSAPP else place.channel}
        merchant_id = self._customer.merchant_id
        found = {self._deps.customers.find_by(merchant_id, kind, place.address) for kind in kinds} - {None}
        return bool(found) and found <= {*self._customer.ids}


_OF_SOMEBODY = (Part.NOTES, Part.CONVERSATIONS, Part.INSIDE, Part.ORDERS)


def _about(invite: Invite) -> set[str]:
    return {each for each in (invite.conversation_id, invite.from_conversation_id) if each}


def _of_theirs(invite: Invite, theirs: set[str]) -> Invite:
    """An invitation that they passed on says nothing of who took it up."""
    return invite if invite.conversation_id in theirs else replace(invite, conversation_id=None, asked_name="")
