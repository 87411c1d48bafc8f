import { CircleUser, Contact, LogOut, MessageCircle, Settings, ShoppingBag } from "lucide-react";
import { Suspense, useEffect, useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";

import type { Me, StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { quietly } from "../../app/quietly";
import { useAbsence, useUnread } from "../../data/queries";
import { useDue } from "../../data/reminders";
import { Avatar } from "../../design/Avatar";
import { Badge, Count } from "../../design/Badge";
import { Button, IconButton } from "../../design/Button";
import { classes } from "../../design/classes";
import { Logo } from "../../design/Logo";
import { ThemeSwitch } from "../../design/ThemeSwitch";
import { mayManage } from "../../domain/permissions";
import { strings } from "../../strings";
import { AccountDialog } from "./AccountDialog";
import { ConnectionNotice } from "./ConnectionNotice";
import css from "./Frame.module.css";
import { SignOutConfirm, useSignOut } from "./SignOut";
import { StoreSwitch } from "./StoreSwitch";
import { UnreadBanner } from "./UnreadBanner";

// Loaded behind the page: nobody waits for what was due some seconds ago.
const DueNotices = quietly(() => import("../contacts/DueNotices"));
const LowCredits = quietly(() => import("./LowCredits"));
const words = strings.nav;

interface FrameProps {
  me: Me;
  store: StoreView | null;
  /** Just signed in: tell of what is unread (N30). */
  fresh: boolean;
  children: ReactNode;
}

/** Navigation around every page: at the left, or at the bottom of a phone. */
export function Frame({ me, store, fresh, children }: FrameProps) {
  const inbox = me.stores.some((one) => one.messaging);
  const unread = useUnread(inbox);
  const total = inbox ? (unread.data?.total ?? 0) : 0;
  const capped = unread.data?.capped ?? false;
  const away = useAbsence().data?.away === true;
  const [location] = useLocation();
  const place = placeOf(location);
  const inMessaging = place === "messaging";
  const signOut = useSignOut();
  const [accountOpen, setAccountOpen] = useState(false);
  useEffect(() => {
    document.title = strings.title(total, words[place]);
  }, [total, place]);

  return (
    <div className={css.frame}>
      <SkipLink />
      <nav className={css.nav} aria-label={words.main}>
        <p className={css.brand}>
          <Logo />
          {strings.product}
        </p>
        <div className={css.wide}>
          <StoreSwitch me={me} store={store} unread={unread.data} />
        </div>
        <Links me={me} store={store} total={total} capped={capped} place={place} />
        <Button variant="quiet" className={classes(css.link, css.narrow)} onPress={() => setAccountOpen(true)}>
          <CircleUser size={20} aria-hidden="true" />
          <span>{words.account}</span>
        </Button>
        <div className={css.foot}>
          <ThemeSwitch label={words.theme} names={words.themes} />
          <div className={css.me}>
            <Button
              variant="quiet"
              className={css.myAccount ?? ""}
              aria-label={words.openAccount(me.name)}
              onPress={() => setAccountOpen(true)}
            >
              <Avatar name={me.name} size="small" />
              <span className={css.myName}>{me.name}</span>
              {away && <Badge tone="warning">{words.away.on}</Badge>}
            </Button>
            <IconButton label={words.signOut} size="small" onPress={signOut.ask}>
              <LogOut size={16} aria-hidden="true" />
            </IconButton>
          </div>
        </div>
      </nav>
      <main id="content" tabIndex={-1} className={css.main}>
        {fresh && <UnreadBanner me={me} unread={unread.data} inbox={inMessaging && store ? store.id : null} />}
        {store?.credits && mayManage(store) && (
          <Suspense fallback={null}>
            <LowCredits key={store.id} store={store} />
          </Suspense>
        )}
        {children}
      </main>
      <ConnectionNotice />
      {me.stores.some((one) => one.contacts) && (
        <Suspense fallback={null}>
          <DueNotices me={me} />
        </Suspense>
      )}
      <AccountDialog
        me={me}
        store={store}
        unread={unread.data}
        isOpen={accountOpen}
        onClose={() => setAccountOpen(false)}
        onSignOut={signOut.ask}
      />
      <SignOutConfirm {...signOut} />
    </div>
  );
}

type Place = "messaging" | "contacts" | "orders" | "settings";

function placeOf(location: string): Place {
  if (location.includes("/messaging")) return "messaging";
  if (location.includes("/contacts")) return "contacts";
  return location.includes("/settings") ? "settings" : "orders";
}

function SkipLink() {
  // The hash is the router's, so the jump is made by hand.
  return (
    <a
      href="#content"
      className={css.skip}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById("content")?.focus();
      }}
    >
      {strings.common.skip}
    </a>
  );
}

interface LinksProps {
  me: Me;
  store: StoreView | null;
  total: number;
  /** There may be more than `total`. */
  capped: boolean;
  place: Place;
}

function Links({ me, store, total, capped, place }: LinksProps) {
  const current = (one: Place) => (place === one ? "page" : undefined);
  const inbox = store?.messaging ? store : me.stores.find((one) => one.messaging);
  const keeper = store?.contacts ? store : me.stores.find((one) => one.contacts);
  const due = useDue(keeper !== undefined).length;
  return (
    <ul className={css.links}>
      {inbox && (
        <li>
          <Link href={paths.messaging(inbox.id)} className={css.link} aria-current={current("messaging")}>
            <MessageCircle size={20} aria-hidden="true" />
            <span>{words.messaging}</span>
            <Count
              value={total}
              tone="total"
              label={words.unread(total, capped)}
              atLeast={capped ? words.unreadCapped : undefined}
            />
          </Link>
        </li>
      )}
      {keeper && (
        <li>
          <Link href={paths.contacts(keeper.id)} className={css.link} aria-current={current("contacts")}>
            <Contact size={20} aria-hidden="true" />
            <span>{words.contacts}</span>
            <Count value={due} tone="due" label={words.overdue(due)} />
          </Link>
        </li>
      )}
      {store && (
        <li>
          <Link href={paths.orders(store.id)} className={css.link} aria-current={current("orders")}>
            <ShoppingBag size={20} aria-hidden="true" />
            <span>{words.orders}</span>
          </Link>
        </li>
      )}
      {store && mayManage(store) && (
        <li>
          <Link href={paths.settings(store.id)} className={css.link} aria-current={current("settings")}>
            <Settings size={20} aria-hidden="true" />
            <span>{words.settings}</span>
          </Link>
        </li>
      )}
    </ul>
  );
}
