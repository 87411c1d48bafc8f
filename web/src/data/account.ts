import type { QueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";

import { createApi, type Api } from "../api/api";
import type { Config } from "../api/config";
import { ApiError, NetworkError } from "../api/errors";
import { Http, type Credentials } from "../api/http";
import { upload } from "../api/upload";
import { AuthError } from "../auth/cognito";
import type { Session } from "../auth/session";
import { newKey } from "../domain/keys";
import { Chosen } from "../outbox/chosen";
import { Drafts } from "../outbox/drafts";
import { Outbox, type OutboxEntry } from "../outbox/outbox";
import { Pictures } from "../outbox/pictures";
import { StoredValue } from "../outbox/storage";
import { openSocket } from "../realtime/socket";
import { strings } from "../strings";
import { acceptMessage } from "./cache";
import { explain } from "./explain";
import { ChangingQueries } from "./queryClient";
import { Sync } from "./sync";

/** Everything that belongs to one signed-in person on this device. */
export interface Account {
  api: Api;
  queries: QueryClient;
  outbox: Outbox;
  drafts: Drafts;
  pictures: Pictures;
  chosen: Chosen;
  sync: Sync;
  /** Starts pushing and sending; the answer stops both. */
  start: () => () => void;
  /** Signs out and removes what this device keeps of them. */
  leave: () => void;
}

export const AccountContext = createContext<Account | null>(null);

/** The account of whoever is signed in. Only below AccountContext. */
export function useAccount(): Account {
  const account = use(AccountContext);
  if (!account) throw new Error("nobody is signed in");
  return account;
}

export function openAccount(config: Config, session: Session, userId: string): Account {
  const api = createApi(new Http(config.api, credentials(session, userId)));
  const queries = createQueries();
  const drafts = new Drafts(new StoredValue(localStorage, `counterline.drafts.${userId}`, {}));
  const outbox = createOutbox(api, queries, userId);
  const pictures = createPictures(api);
  const chosen = new Chosen();
  const sync = new Sync(api, queries, openSocket);
  const start = () => {
    const back = () => {
      outbox.wake();
      sync.check();
    };
    const shown = () => {
      const inView = document.visibilityState === "visible";
      sync.presence.look(inView);
      if (inView) back();
    };
    window.addEventListener("online", back);
    document.addEventListener("visibilitychange", shown);
    outbox.start();
    sync.start();
    return () => {
      window.removeEventListener("online", back);
      document.removeEventListener("visibilitychange", shown);
      sync.stop();
      outbox.stop();
    };
  };
  const leave = () => {
    outbox.clear();
    drafts.clear();
    pictures.clear();
    chosen.clear();
    session.signOut();
    queries.clear();
  };
  return { api, queries, outbox, drafts, pictures, chosen, sync, start, leave };
}

/** What this person's account asks for later never goes out in the name of who signs in after them. */
function credentials(session: Session, userId: string): Credentials {
  return {
    async token(options) {
      try {
        return await session.token({ ...options, of: userId });
      } catch (error) {
        const unreachable = error instanceof AuthError && error.code === "Network";
        throw unreachable ? new NetworkError("no answer", { cause: error }) : new ApiError(401, "unauthorized", "");
      }
    },
  };
}

function createQueries(): QueryClient {
  return new ChangingQueries({
    defaultOptions: {
      queries: {
        // Pushes say when something changed; focus and reconnection fetch again what may have been missed.
        staleTime: 30_000,
        networkMode: "always",
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && !error.isTransient),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { networkMode: "always" },
    },
  });
}

function createPictures(api: Api): Pictures {
  return new Pictures({
    offer: api.offerPicture,
    put: upload,
    check: api.checkPicture,
    look: api.picture,
    local: (file) => URL.createObjectURL(file),
    forget: (local) => URL.revokeObjectURL(local),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newKey,
    explain,
    words: strings.pictures,
  });
}

function createOutbox(api: Api, queries: QueryClient, userId: string): Outbox {
  const stored = new StoredValue<readonly OutboxEntry[]>(localStorage, `counterline.outbox.${userId}`, []);
  return new Outbox(stored, {
    post: (entry) => api.sendMessage(entry.conversationId, entry.body, entry.key, entry),
    refusalOf: (error) => (error instanceof ApiError && !error.isTransient ? error.code : null),
    accepted: (entry, message) => acceptMessage(queries, entry.conversationId, message),
    now: Date.now,
    random: Math.random,
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer),
  });
}
