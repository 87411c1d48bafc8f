import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { MessageCircle } from "lucide-react";

import type { StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { EmptyState } from "../../design/EmptyState";
import { useShortcuts } from "../../hooks/useShortcuts";
import { strings } from "../../strings";
import { ConversationList } from "./ConversationList";
import { ConversationPane } from "./ConversationPane";
import { CustomerPane } from "./CustomerPane";
import css from "./MessagingPage.module.css";
import { StartDialog } from "./StartDialog";

const words = strings.messaging;

interface MessagingPageProps {
  store: StoreView;
  /** The selected conversation. */
  id: string | null;
  /** What a narrow screen shows of it. */
  pane: "conversation" | "customer";
}

/** Three panes: list, conversation, customer (D12, S7). A phone shows one of them. */
export function MessagingPage({ store, id, pane }: MessagingPageProps) {
  const [, go] = useLocation();
  const [starting, setStarting] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({
    "/": () => search.current?.focus(),
    n: () => setStarting(true),
    Escape: () => go(pane === "customer" && id !== null ? paths.conversation(store.id, id) : paths.messaging(store.id)),
  });
  return (
    <>
      {/* Outside of the panes: a phone shows one of them, and each needs the page's name. */}
      <h1 className="visually-hidden">{words.heading}</h1>
      <div className={css.page} data-view={id === null ? "list" : pane}>
        <ConversationList store={store} selected={id} searchRef={search} onStart={() => setStarting(true)} />
        {id === null ? (
          <section className={css.nothing}>
            <EmptyState icon={<MessageCircle size={24} />} title={words.nothingSelected}>
              {words.nothingSelectedText}
            </EmptyState>
          </section>
        ) : (
          <>
            <ConversationPane key={id} store={store} id={id} />
            <CustomerPane store={store} id={id} />
          </>
        )}
        <StartDialog store={store} isOpen={starting} onClose={() => setStarting(false)} />
      </div>
    </>
  );
}
