import { Store, UserRoundX } from "lucide-react";
import { lazy, Suspense, type ReactNode } from "react";
import { Redirect, Route, Switch } from "wouter";

import { ApiError } from "../api/errors";
import type { Me, StoreView } from "../api/types";
import { useMe } from "../data/queries";
import { Button } from "../design/Button";
import { EmptyState } from "../design/EmptyState";
import { SkeletonRows } from "../design/Skeleton";
import { Spinner } from "../design/Spinner";
import { mayManage } from "../domain/permissions";
import { Frame } from "../features/frame/Frame";
import { SignOutConfirm, useSignOut } from "../features/frame/SignOut";
import { MessagingPage } from "../features/messaging/MessagingPage";
import { strings } from "../strings";
import { Boundary, LoadFailure } from "./Failure";
import { paths } from "./paths";

// Not part of what everybody loads first: the inbox is where people begin.
const OrdersPage = lazy(() => import("../features/orders/OrdersPage"));
const OrderPage = lazy(() => import("../features/orders/OrderPage"));
const SettingsPage = lazy(() => import("../features/settings/SettingsPage"));
const SalesPage = lazy(() => import("../features/sales/SalesPage"));
const BulkPage = lazy(() => import("../features/bulk/BulkPage"));
const ContactsPage = lazy(() => import("../features/contacts/ContactsPage"));

/** All pages of somebody who is signed in. */
export function Home({ fresh }: { fresh: boolean }) {
  const me = useMe();
  if (me.isPending) return <Waiting />;
  if (!me.data) {
    const isNobody = me.error instanceof ApiError && me.error.status === 403;
    return (
      <main className="fill">
        {isNobody ? <Nobody /> : <LoadFailure error={me.error} retry={() => void me.refetch()} />}
      </main>
    );
  }
  return (
    <Switch>
      <Route path="/stores/:storeId/*?">
        {({ storeId }) => {
          const store = me.data.stores.find((one) => one.id === decodeURIComponent(storeId));
          return store ? <StorePages me={me.data} store={store} fresh={fresh} /> : <Redirect to="/" replace />;
        }}
      </Route>
      <Route path="/settings/:section?">{({ section }) => <ToSettings me={me.data} section={section} />}</Route>
      <Route>
        <Entrance me={me.data} fresh={fresh} />
      </Route>
    </Switch>
  );
}

function Waiting() {
  return (
    <main className="fill">
      <Spinner label={strings.common.loading} />
    </main>
  );
}

/** A sign-in that belongs to no associate: nothing to see here but the way out. */
function Nobody() {
  const { ask, ...confirm } = useSignOut();
  const action = <Button onPress={ask}>{strings.nav.signOut}</Button>;
  return (
    <>
      <EmptyState alert icon={<UserRoundX size={24} />} title={strings.nav.noAssociate} action={action}>
        {strings.nav.noAssociateText}
      </EmptyState>
      <SignOutConfirm {...confirm} />
    </>
  );
}

/** Where to go from "/": the inbox of the first store that has one, else its orders. */
function Entrance({ me, fresh }: { me: Me; fresh: boolean }) {
  const inbox = me.stores.find((store) => store.messaging);
  const first = inbox ?? me.stores[0];
  if (first) return <Redirect to={inbox ? paths.messaging(first.id) : paths.orders(first.id)} replace />;
  return (
    <Frame me={me} store={null} fresh={fresh}>
      <EmptyState icon={<Store size={24} />} title={strings.nav.noStore}>
        {strings.nav.noStoreText}
      </EmptyState>
    </Frame>
  );
}

/** "/settings" is short for those of the first store that one may set up; who may set up none goes to the entrance. */
function ToSettings({ me, section }: { me: Me; section: string | undefined }) {
  const managed = me.stores.find(mayManage);
  return <Redirect to={managed ? paths.settings(managed.id, section) : "/"} replace />;
}

/** A page that is loaded when it is first opened. */
function Later({ children }: { children: ReactNode }) {
  return <Suspense fallback={<SkeletonRows label={strings.common.loading} avatar={false} />}>{children}</Suspense>;
}

function StorePages({ me, store, fresh }: { me: Me; store: StoreView; fresh: boolean }) {
  const base = "/stores/:storeId";
  return (
    <Frame me={me} store={store} fresh={fresh}>
      <Boundary key={store.id}>
        <Switch>
          <Route path={`${base}/orders`}>
            <Later>
              <OrdersPage store={store} />
            </Later>
          </Route>
          <Route path={`${base}/orders/:orderId`}>
            {({ orderId }) => (
              <Later>
                <OrderPage store={store} orderId={decodeURIComponent(orderId)} />
              </Later>
            )}
          </Route>
          {store.messaging && (
            <Route<{ storeId: string; id?: string }> path={`${base}/bulk/:id?`}>
              {({ id }) => (
                <Later>
                  <BulkPage store={store} id={id === undefined ? undefined : decodeURIComponent(id)} />
                </Later>
              )}
            </Route>
          )}
          {store.messaging && (
            <Route<{ storeId: string; id?: string; pane?: string }> path={`${base}/messaging/:id?/:pane?`}>
              {({ id, pane }) => (
                <MessagingPage
                  store={store}
                  id={id === undefined ? null : decodeURIComponent(id)}
                  pane={pane === "customer" ? "customer" : "conversation"}
                />
              )}
            </Route>
          )}
          {store.contacts && (
            <Route path={`${base}/contacts`}>
              <Later>
                <ContactsPage me={me} store={store} />
              </Later>
            </Route>
          )}
          {mayManage(store) && (
            <Route path={`${base}/sales`}>
              <Later>
                <SalesPage store={store} />
              </Later>
            </Route>
          )}
          {mayManage(store) && (
            <Route<{ storeId: string; section?: string }> path={`${base}/settings/:section?`}>
              {({ section }) => (
                <Later>
                  <SettingsPage store={store} section={section} />
                </Later>
              )}
            </Route>
          )}
          <Route>
            <Redirect to={store.messaging ? paths.messaging(store.id) : paths.orders(store.id)} replace />
          </Route>
        </Switch>
      </Boundary>
    </Frame>
  );
}
