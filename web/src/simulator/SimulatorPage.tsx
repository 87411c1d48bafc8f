import { ExternalLink, PlugZap } from "lucide-react";
import { useState } from "react";

import { Badge } from "../design/Badge";
import { Button } from "../design/Button";
import { EmptyState } from "../design/EmptyState";
import { SkeletonRows } from "../design/Skeleton";
import { ToastRegion } from "../design/Toast";
import { useSimulator } from "./live";
import { Mailboxes } from "./Mailboxes";
import { Phones } from "./Phones";
import { Shop } from "./Shop";
import css from "./SimulatorPage.module.css";
import { strings } from "./strings";

type View = "phones" | "mailboxes" | "shop";

/** The whole page: phones or mailboxes, the shop beside them; on a narrow screen one of the three at a time. */
export function SimulatorPage() {
  const { data, isError, live, refetch } = useSimulator();
  const [view, setView] = useState<View>("phones");
  return (
    <div className={css.page}>
      <header className={css.header}>
        <div>
          <h1 className={css.title}>{strings.title}</h1>
          <p className={css.subtitle}>{strings.subtitle}</p>
        </div>
        <span role="status" className={css.status}>
          <Badge tone={live ? "success" : "warning"}>{live ? strings.live : strings.reconnecting}</Badge>
        </span>
        <a className={css.link} href="/" target="_blank" rel="noreferrer">
          {strings.openApp}
          <ExternalLink size={14} aria-hidden="true" />
        </a>
      </header>
      {data ? (
        <main className={css.main}>
          <Views view={view} onChange={setView} />
          <div className={css.panes} data-view={view}>
            {view === "mailboxes" ? (
              <Mailboxes mailboxes={data.mailboxes} mail={data.mail} />
            ) : (
              <Phones phones={data.phones} stores={data.stores} />
            )}
            <Shop state={data} />
          </div>
        </main>
      ) : (
        <main className={css.waiting}>
          {isError ? (
            <EmptyState
              alert
              icon={<PlugZap size={24} />}
              title={strings.unreachable}
              action={<Button onPress={() => void refetch()}>{strings.tryAgain}</Button>}
            >
              {strings.unreachableText}
            </EmptyState>
          ) : (
            <SkeletonRows label={strings.loading} />
          )}
        </main>
      )}
      <ToastRegion label={strings.notifications} dismissLabel={strings.dismiss} />
    </div>
  );
}

/** On a wide screen the shop is always there, and its button is not. */
function Views({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  return (
    <div role="group" aria-label={strings.views} className={css.views}>
      {(["phones", "mailboxes", "shop"] as const).map((name) => (
        <button
          key={name}
          type="button"
          className={css.view}
          data-name={name}
          aria-pressed={view === name}
          onClick={() => onChange(name)}
        >
          {strings[name]}
        </button>
      ))}
    </div>
  );
}
