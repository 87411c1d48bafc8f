import { Coins, Download } from "lucide-react";
import { useState } from "react";

import type { CreditLedger, CreditLineView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { useCredits } from "../../data/credits";
import { explain } from "../../data/explain";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { EmptyState } from "../../design/EmptyState";
import { LoadMore } from "../../design/LoadMore";
import { SkeletonRows } from "../../design/Skeleton";
import { showToast } from "../../design/toasts";
import { csv } from "../../domain/csv";
import { money } from "../../domain/money";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import audit from "./AuditSection.module.css";
import { everyCreditLine, useBuy, useCreditLines, useSettled } from "./creditQueries";
import css from "./CreditsSection.module.css";
import { words } from "./creditWords";
import { download } from "./download";
import { LowNotice } from "./LowNotice";
import { SectionHeading } from "./SectionHeading";

/** What the store has, where it went, and the way to more (L1-L4, L24). */
export default function CreditsSection({ store }: { store: StoreView }) {
  useSettled(store.id);
  const credits = useCredits(store);
  const ledger = useCreditLines(store.id);
  if (ledger.isPending) return <SkeletonRows count={4} label={words.loading} avatar={false} />;
  if (!ledger.data) return <LoadFailure error={ledger.error} retry={() => void ledger.refetch()} />;
  const [first] = ledger.data.pages;
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      <div className={css.account}>
        {credits && (
          <p className={css.balance} data-testid="balance">
            <span className={css.muted}>{words.balance}</span>
            <strong>{words.credits(credits.balance)}</strong>
            <span className={css.muted}>{words.worth(Math.floor(credits.balance / credits.per_segment))}</span>
          </p>
        )}
        {first && <Buy store={store} packs={first} />}
      </div>
      {credits && <LowNotice key={credits.threshold} storeId={store.id} threshold={credits.threshold} />}
      <div className={css.head}>
        <h3 className={css.name}>{words.ledger}</h3>
        <Export store={store} />
      </div>
      <Lines store={store} rows={ledger.data.pages.flatMap((page) => page.rows)} />
      <LoadMore
        label={words.earlier}
        hasMore={ledger.hasNextPage}
        isLoading={ledger.isFetchingNextPage}
        load={() => void ledger.fetchNextPage()}
      />
    </>
  );
}

function Buy({ store, packs }: { store: StoreView; packs: CreditLedger }) {
  const [isOpen, setIsOpen] = useState(false);
  const buy = useBuy(store.id);
  return (
    <>
      <Button variant="primary" onPress={() => setIsOpen(true)}>
        <Coins size={16} aria-hidden="true" />
        {words.buy}
      </Button>
      <Dialog
        title={words.buyTitle}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        closeLabel={strings.common.close}
        size="small"
      >
        <div className={css.packs}>
          <p>{words.buyLead}</p>
          {packs.packs.map(({ credits, price }) => (
            <Button
              key={credits}
              wide
              isPending={buy.isPending && buy.variables === credits}
              isDisabled={buy.isPending}
              onPress={() => buy.mutate(credits)}
            >
              {words.pack(credits)} · {money(price, packs.currency)}
            </Button>
          ))}
        </div>
      </Dialog>
    </>
  );
}

/** The ledger as a table for spreadsheets. */
function Export({ store }: { store: StoreView }) {
  const { api } = useAccount();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const rows = await everyCreditLine(api, store.id);
      download(`credits-${store.id}.csv`, csv([words.columns, ...rows.map(asCells)]), "text/csv");
    } catch (error) {
      showToast(explain(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" isPending={busy} onPress={() => void save()}>
      {!busy && <Download size={15} aria-hidden="true" />}
      {words.export}
    </Button>
  );
}

function asCells(line: CreditLineView): string[] {
  const at = new Date(line.at).toISOString();
  return [at, line.kind, String(line.amount), line.by_name, line.conversation_id ?? "", line.id];
}

function Lines({ store, rows }: { store: StoreView; rows: CreditLineView[] }) {
  if (rows.length === 0) {
    return (
      <EmptyState icon={<Coins size={24} />} title={words.none}>
        {words.noneText}
      </EmptyState>
    );
  }
  return (
    <ul className={audit.list} aria-label={words.ledger}>
      {rows.map((line) => (
        <li key={line.id} className={audit.row} data-testid="credit-row">
          <span>
            <strong>{words.kinds[line.kind]}</strong>
            {line.by_name !== "" && ` ${line.by_name}`}
            <span className={audit.muted}>{dateAndTime(line.at, { timeZone: store.timezone })}</span>
          </span>
          <span className={audit.time}>{line.amount !== 0 && words.amount(line.amount)}</span>
        </li>
      ))}
    </ul>
  );
}
