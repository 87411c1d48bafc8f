import { Download, HeartHandshake } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import type { LedgerLine, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { LoadMore } from "../../design/LoadMore";
import { SkeletonRows } from "../../design/Skeleton";
import { showToast } from "../../design/toasts";
import { csv } from "../../domain/csv";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import audit from "./AuditSection.module.css";
import css from "./ConsentSection.module.css";
import { download } from "./download";
import { everyLine, type Span, useLedger } from "./ledgerQueries";
import { SectionHeading } from "./SectionHeading";
import { words as all } from "./words";

const words = all.consent;
type Format = keyof typeof words.formats;

/** The consent ledger of the store, newest first; of a span of time; as a file (X5). */
export function ConsentSection({ store }: { store: StoreView }) {
  const [span, setSpan] = useState<Span>({ from: "", to: "" });
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      <div className={audit.filter}>
        <Day label={words.from} value={span.from} onChange={(from) => setSpan({ ...span, from })} />
        <Day label={words.to} value={span.to} onChange={(to) => setSpan({ ...span, to })} />
      </div>
      <Export store={store} span={span} />
      <Lines store={store} span={span} />
    </>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label className={css.day}>
      {label}
      <input type="date" className={audit.select} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

/** The whole span as a file; a long one says how far it is, and can be stopped. */
function Export({ store, span }: { store: StoreView; span: Span }) {
  const { api } = useAccount();
  const [format, setFormat] = useState<Format>("csv");
  const [real, setReal] = useState(false);
  const [soFar, setSoFar] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const save = async () => {
    const { signal } = (running.current = new AbortController());
    setSoFar(0);
    try {
      const lines = await everyLine(api, store.id, span, { real, signal, onProgress: setSoFar });
      if (format === "csv")
        download(`consent-${store.id}.csv`, csv([words.columns, ...lines.map(asCells)]), "text/csv");
      else download(`consent-${store.id}.jsonl`, lines.map(asJson).join(""), "application/jsonl");
      showToast(words.saved(lines.length));
    } catch (error) {
      if (!signal.aborted) showToast(explain(error), { tone: "danger" });
    } finally {
      setSoFar(null);
    }
  };
  return (
    <div className={css.export}>
      <select
        className={audit.select}
        aria-label={words.format}
        value={format}
        onChange={(event) => setFormat(event.target.value as Format)}
      >
        {(Object.keys(words.formats) as Format[]).map((one) => (
          <option key={one} value={one}>
            {words.formats[one]}
          </option>
        ))}
      </select>
      {store.permissions.includes("unmask") && (
        <label className={css.real}>
          <input type="checkbox" checked={real} onChange={(event) => setReal(event.target.checked)} />
          <span>
            {words.real}
            {real && <span className={css.note}>{words.realNote}</span>}
          </span>
        </label>
      )}
      {soFar === null ? (
        <Button size="small" onPress={() => void save()}>
          <Download size={15} aria-hidden="true" />
          {words.export}
        </Button>
      ) : (
        <Button size="small" onPress={() => running.current?.abort()}>
          {words.stop}
        </Button>
      )}
      <span role="status" className={css.note}>
        {soFar !== null && words.progress(soFar)}
      </span>
    </div>
  );
}

const instant = (at: number) => new Date(at).toISOString();

function asCells(line: LedgerLine): string[] {
  return [
    line.recorded_at === null ? "" : instant(line.recorded_at),
    instant(line.at),
    line.channel,
    line.address,
    line.scope,
    line.state,
    line.source,
    line.wording,
    line.evidence,
    line.conversation_id,
    line.by_name ?? "",
    line.by ?? "",
    line.id,
  ];
}

function asJson(line: LedgerLine): string {
  return `${JSON.stringify(line)}\n`;
}

function Lines({ store, span }: { store: StoreView; span: Span }) {
  const ledger = useLedger(store.id, span);
  if (ledger.isPending) return <SkeletonRows count={4} label={words.loading} avatar={false} />;
  if (!ledger.data) return <LoadFailure error={ledger.error} retry={() => void ledger.refetch()} />;
  const rows = ledger.data.pages.flatMap((page) => page.rows);
  return (
    <>
      {rows.length === 0 && (
        <EmptyState icon={<HeartHandshake size={24} />} title={words.none}>
          {words.noneText}
        </EmptyState>
      )}
      <ul className={audit.list} aria-label={words.list}>
        {rows.map((line) => (
          <Line key={line.id} line={line} zone={store.timezone} />
        ))}
      </ul>
      <LoadMore
        label={words.earlier}
        hasMore={ledger.hasNextPage}
        isLoading={ledger.isFetchingNextPage}
        load={() => void ledger.fetchNextPage()}
      />
    </>
  );
}

function Line({ line, zone }: { line: LedgerLine; zone: string }) {
  const said = strings.customer;
  return (
    <li className={audit.row} data-testid="ledger-row">
      <span>
        <strong>{said.lineStates[line.state]}</strong> {said.sources[line.source]}
        {line.by !== null && `, ${said.by(line.by_name || said.gone)}`}
        <span className={audit.muted}>
          {[words.channels[line.channel], line.address, line.wording, said.message(line.evidence)]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <time className={audit.time}>{dateAndTime(line.recorded_at ?? line.at, { timeZone: zone })}</time>
    </li>
  );
}
