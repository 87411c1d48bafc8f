"""The number that a shop has of somebody goes from what it asked for, as they are erased (X13; docs/privacy.md)."""

from collections.abc import Collection

from .ports import Deps


def forget_shop_number(merchant_id: str, theirs: Collection[str], customer_id: str, deps: Deps) -> bool:
    """`theirs`: as look-ups have them, connection and number; `customer_id`: ours, empty where nobody knows them.

    False: somebody changed a request meanwhile. Raises Unavailable.
    """
    if not theirs:
        return True
    stores = [store for store in deps.directory.stores() if store.merchant_id == merchant_id]
    found = [each for store in stores for each in deps.privacy_requests.of_store(store.id)]
    naming = [each for each in found if each.external_id and f"{each.connection_id}:{each.external_id}" in theirs]
    return all(deps.privacy_requests.change(each.of_erased(customer_id), each) for each in naming)
