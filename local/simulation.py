"""The simulator in front of one local stack: which numbers, secrets and addresses it works with."""

from starlette.applications import Starlette

from . import merchant
from .installation import Installation
from .simulator import Shop, SimulatorConfig, StoreNumber, TwilioConnection, VonageConnection, create_app
from .workspace import Workspace


def simulator(workspace: Workspace, origin: str, installation: Installation) -> Starlette:
    """The phones and the shop of the demo merchant."""
    numbers = tuple(
        StoreNumber(number=store.proxy, store_id=store.id, store_name=store.name)
        for store in merchant.STORES
        if store.proxy
    )
    twilio = TwilioConnection(
        id=merchant.TWILIO_ID,
        account_sid=installation.account_sid,
        auth_token=installation.auth_token,
        numbers=numbers,
    )
    second = f"{merchant.SEATTLE.name} (Vonage)"
    vonage = VonageConnection(
        id=merchant.VONAGE_ID,
        api_key=installation.api_key,
        api_secret=installation.api_secret,
        signature_secret=installation.signature_secret,
        numbers=(StoreNumber(number=merchant.SECOND_NUMBER, store_id=merchant.SEATTLE.id, store_name=second),),
    )
    shop = Shop(
        connection_id=merchant.SHOPIFY_ID,
        shop_domain=merchant.SHOP_DOMAIN,
        webhook_secret=installation.webhook_secret,
        locations={store: location for location, store in merchant.LOCATIONS.items()},
    )
    state_file = workspace.state / "simulator.json"
    app = create_app(
        SimulatorConfig(
            webhook_url=origin,
            origin=origin,
            twilio_connections=(twilio,),
            vonage_connections=(vonage,),
            shop=shop,
            state_file=state_file,
        )
    )
    if not state_file.exists():
        app.state.simulator.seed_demo_phones()
    return app
