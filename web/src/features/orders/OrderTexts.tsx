import { Link } from "wouter";

import type { AutomaticTextList, AutomaticTextView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { Badge } from "../../design/Badge";
import { SkeletonRows } from "../../design/Skeleton";
import { mayManage } from "../../domain/permissions";
import { dateAndTime } from "../../domain/times";
import { useNow } from "../../hooks/useNow";
import { said, useOrderTexts } from "./orderTexts";
import css from "./OrderTexts.module.css";
import { orderTextWords as words } from "./orderTextWords";

/** What this order's customer was told by itself, what is still to come, and why something was not (L11, L19, L20, X10). */
export default function OrderTexts({ store, orderId }: { store: StoreView; orderId: string }) {
  const texts = useOrderTexts(orderId);
  return (
    <section className={css.section} aria-labelledby="automatic-texts" data-testid="automatic-texts">
      <h2 id="automatic-texts" className={css.heading}>
        {words.name}
      </h2>
      {texts.isPending && <SkeletonRows count={1} label={words.loading} avatar={false} />}
      {texts.isError && !texts.data && <LoadFailure error={texts.error} retry={() => void texts.refetch()} />}
      {texts.data?.rows.length === 0 && <None store={store} of={texts.data} />}
      {texts.data && texts.data.rows.length > 0 && (
        <ul className={css.list}>
          {texts.data.rows.map((row) => (
            <Row key={row.event} store={store} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function None({ store, of }: { store: StoreView; of: AutomaticTextList }) {
  return (
    <p className={css.muted}>
      {words.none} {of.automatic ? words.noneWhy : words.off}{" "}
      {mayManage(store) && (
        <Link href={paths.settings(store.id, "templates")} className={css.link}>
          {words.settings}
        </Link>
      )}
    </p>
  );
}

function Row({ store, row }: { store: StoreView; row: AutomaticTextView }) {
  const now = useNow();
  const zone = { timeZone: store.timezone };
  const { tone, state, detail, at } = said(row, now, zone);
  return (
    <li className={css.row} data-state={row.state}>
      <div className={css.what}>
        <p className={css.event}>
          {words.events[row.event]}
          <Badge tone={tone}>{state}</Badge>
        </p>
        {detail !== null && <p className={css.detail}>{detail}</p>}
        <p className={css.muted}>{dateAndTime(at, zone)}</p>
      </div>
      {row.conversation_id !== null && row.status !== null && (
        <Link
          href={paths.conversation(store.id, row.conversation_id)}
          className={css.link}
          aria-label={`${words.open}: ${words.events[row.event]}`}
        >
          {words.open}
        </Link>
      )}
    </li>
  );
}
