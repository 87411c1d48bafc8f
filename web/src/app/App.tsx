import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

import type { Config } from "../api/config";
import type { Session } from "../auth/session";
import { AccountContext, openAccount } from "../data/account";
import { Spinner } from "../design/Spinner";
import { ToastRegion } from "../design/Toast";
import { SignInPage } from "../features/sign-in/SignInPage";
import { strings } from "../strings";
import { StartFailure } from "./Failure";
import { Home } from "./Home";

/** Sign-in, or the app of whoever is signed in. */
export function App({ config, session }: { config: Config; session: Session }) {
  const state = useSyncExternalStore(session.subscribe, session.get);
  return (
    <Router hook={useHashLocation}>
      {state.is === "restoring" && <Restoring session={session} />}
      {state.is === "signed_in" && (
        <SignedIn key={state.userId} config={config} session={session} userId={state.userId} fresh={state.fresh} />
      )}
      {(state.is === "signed_out" || state.is === "new_password") && <SignInPage session={session} state={state} />}
      <ToastRegion label={strings.common.notifications} dismissLabel={strings.common.dismiss} />
    </Router>
  );
}

function Restoring({ session }: { session: Session }) {
  const [tries, setTries] = useState(0);
  const [failedTry, setFailedTry] = useState(-1);
  useEffect(() => {
    session.restore().catch(() => setFailedTry(tries));
  }, [session, tries]);
  if (failedTry === tries) return <StartFailure retry={() => setTries(tries + 1)} />;
  return (
    <main className="fill">
      <Spinner label={strings.common.loading} />
    </main>
  );
}

interface SignedInProps {
  config: Config;
  session: Session;
  userId: string;
  /** Just signed in, rather than reloaded. */
  fresh: boolean;
}

function SignedIn({ config, session, userId, fresh }: SignedInProps) {
  const [account] = useState(() => openAccount(config, session, userId));
  useEffect(() => account.start(), [account]);
  return (
    <AccountContext value={account}>
      <QueryClientProvider client={account.queries}>
        <Home fresh={fresh} />
      </QueryClientProvider>
    </AccountContext>
  );
}
