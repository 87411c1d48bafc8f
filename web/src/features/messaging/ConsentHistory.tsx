import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useId, useState } from "react";

import type { LedgerLine, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { keys } from "../../data/keys";
import { Button } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import css from "./ConsentHistory.module.css";

const words = strings.customer;

/** Why the customer may be written to, or may not: the lines of the consent ledger, on request (X5). */
export function ConsentHistory({ store, id }: { store: StoreView; id: string }) {
  const [isOpen, setOpen] = useState(false);
  const region = useId();
  return (
    <div className={css.history}>
      <Button
        size="small"
        variant="quiet"
        onPress={() => setOpen(!isOpen)}
        aria-expanded={isOpen}
        {...(isOpen ? { "aria-controls": region } : {})}
      >
        <History size={15} aria-hidden="true" />
        {isOpen ? words.hideHistory : words.history}
      </Button>
      {isOpen && (
        <div id={region}>
          <Lines store={store} id={id} />
        </div>
      )}
    </div>
  );
}

function Lines({ store, id }: { store: StoreView; id: string }) {
  const { api } = useAccount();
  const history = useQuery({
    queryKey: keys.consentHistory(id),
    queryFn: ({ signal }) => api.consentHistory(id, signal),
    staleTime: 0, // it is looked at to see what just happened
  });
  if (history.isPending) return <SkeletonRows label={words.historyLoading} count={2} avatar={false} />;
  if (!history.data) return <LoadFailure error={history.error} retry={() => void history.refetch()} />;
  if (history.data.rows.length === 0) return <p className={css.none}>{words.noHistory}</p>;
  return (
    <ol className={css.lines} aria-label={words.history}>
      {history.data.rows.map((line) => (
        <li key={line.id} className={css.line} data-testid="consent-line">
          <strong>{words.lineStates[line.state]}</strong>
          <span>{[line.address, how(line)].filter(Boolean).join(" · ")}</span>
          <time className={css.muted}>
            {dateAndTime(line.by === null ? line.at : (line.recorded_at ?? line.at), { timeZone: store.timezone })}
          </time>
          <span className={css.muted}>{words.message(line.evidence)}</span>
          {line.wording !== "" && <span className={css.muted}>{words.wording(line.wording)}</span>}
        </li>
      ))}
    </ol>
  );
}

function how(line: LedgerLine): string {
  if (line.by === null) return words.sources[line.source];
  return `${words.sources[line.source]}, ${words.by(line.by_name || words.gone)}`;
}
