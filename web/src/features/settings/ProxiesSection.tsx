import { Phone } from "lucide-react";

import type { PoolView, ProxyList, ProxyState, ProxyView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { Badge } from "../../design/Badge";
import { EmptyState } from "../../design/EmptyState";
import { Select } from "../../design/Select";
import { SkeletonRows } from "../../design/Skeleton";
import { strings } from "../../strings";
import css from "./ProxiesSection.module.css";
import { useChangeProxy, useProxies } from "./queries";
import { SectionHeading } from "./SectionHeading";
import { words as all } from "./words";

const words = all.proxies;
const STATES: ProxyState[] = ["works", "receives", "lost"];

/** Every number and mailbox that is used in the store, whose it is, and how far the pools are used. */
export function ProxiesSection({ store }: { store: StoreView }) {
  const proxies = useProxies(store.id);
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      {proxies.isPending && <SkeletonRows count={3} label={words.loading} avatar={false} />}
      {proxies.isError && !proxies.data && <LoadFailure error={proxies.error} retry={() => void proxies.refetch()} />}
      {proxies.data && <Proxies store={store} of={proxies.data} />}
    </>
  );
}

function Proxies({ store, of }: { store: StoreView; of: ProxyList }) {
  if (of.rows.length === 0) {
    return (
      <EmptyState icon={<Phone size={24} />} title={words.none}>
        {words.noneText}
      </EmptyState>
    );
  }
  return (
    <>
      {of.pools.map((pool) => (
        <Pool key={pool.channel} pool={pool} />
      ))}
      <ul className={css.list} aria-label={words.list}>
        {of.rows.map((row) => (
          <Row key={`${row.channel} ${row.address}`} store={store} row={row} capped={of.capped} />
        ))}
      </ul>
    </>
  );
}

function Pool({ pool }: { pool: PoolView }) {
  const name = words.pool(words.channels[pool.channel]);
  return (
    <section className={css.pool} aria-label={name}>
      <div className={css.poolHead}>
        <h3 className={css.poolName}>{name}</h3>
        <span className={css.muted}>{words.poolSize(pool.size)}</span>
        <Badge tone={pool.low ? "warning" : "success"}>{words.free(pool.free_share)}</Badge>
      </div>
      <progress className={css.bar} aria-label={words.free(pool.free_share)} max={100} value={pool.free_share} />
      <p className={css.muted}>{pool.low ? words.low : words.poolHeld(pool.most_held)}</p>
    </section>
  );
}

function Row({ store, row, capped }: { store: StoreView; row: ProxyView; capped: boolean }) {
  const change = useChangeProxy(store.id, words.changed, strings.common.undo);
  const is = (state: ProxyState) => ({ channel: row.channel, address: row.address, state });
  const state = change.isPending ? change.variables.to.state : row.state;
  const owner = row.owner === "associate" ? row.associate_name || words.ownerGone : words.owners[row.owner];
  return (
    <li className={css.row} data-testid="proxy-row">
      <span className={css.who}>
        <span className={css.address}>{row.address}</span>
        <span className={css.muted}>{words.over(words.channels[row.channel], row.connection_id)}</span>
        {row.shared_with.length > 0 && <span className={css.muted}>{words.shared(row.shared_with.join(", "))}</span>}
      </span>
      <span className={css.muted}>{words.conversations(row.conversations, capped)}</span>
      <span className={css.owner}>{row.owner === "associate" ? owner : <Badge>{owner}</Badge>}</span>
      <span className={css.state}>
        {row.changeable ? (
          <Select
            label={words.state(row.address)}
            hideLabel
            quiet
            value={state}
            onChange={(chosen) => change.mutate({ to: is(chosen as ProxyState), was: is(row.state) })}
          >
            {STATES.map((one) => (
              <option key={one} value={one}>
                {words.states[one]}
              </option>
            ))}
          </Select>
        ) : (
          <span className={css.muted}>{words.states[row.state]}</span>
        )}
      </span>
    </li>
  );
}
