import { Plus, X } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../design/Button";
import { showToast } from "../design/toasts";
import { simulator, type Platform, type SimulatorState } from "./api";
import { catalogue } from "./catalogue";
import { customerOf, money } from "./format";
import { useAct } from "./live";
import css from "./PlaceOrder.module.css";
import { Select } from "../design/Select";
import { strings } from "./strings";

const MAX_LINES = 6;
const MAX_QUANTITY = 99;

interface Line {
  article: number;
  quantity: number;
}

/** The order form. Everything has a default: one press places an order. */
export function PlaceOrder({ state }: { state: SimulatorState }) {
  const { phones, orders } = state;
  // A store is listed once for each of its numbers.
  const stores = state.stores.filter((one, at) => state.stores.findIndex((other) => other.id === one.id) === at);
  const [number, setNumber] = useState<string>();
  const [storeId, setStoreId] = useState<string>();
  const [lines, setLines] = useState<Line[]>([{ article: 0, quantity: 1 }]);
  const [platform, setPlatform] = useState<Platform>("shopify");
  const [hoursAgo, setHoursAgo] = useState(0);
  const phone = phones.find((candidate) => candidate.number === number) ?? phones[0];
  const store = stores.find((candidate) => candidate.id === storeId) ?? stores[0];
  const place = useAct(simulator.placeOrder, (order) => {
    showToast(strings.orderPlaced(order.number));
    // The next order shall not look like the last.
    setLines([{ article: ((lines[0]?.article ?? 0) + 1) % catalogue.length, quantity: 1 }]);
  });
  const wanted = lines.map(({ article, quantity }) => {
    const { title, price } = catalogue[article] ?? catalogue[0];
    return { title, price, quantity };
  });
  const total = wanted.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const submit = () => {
    if (!phone || !store) return;
    const customer = customerOf(phone, orders);
    place.mutate({ customer, store_id: store.id, platform, lines: wanted, placed_hours_ago: hoursAgo });
  };
  return (
    <form
      aria-label={strings.placeAnOrder}
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Select label={strings.platform} value={platform} onChange={(value) => setPlatform(value as Platform)}>
        {state.platforms.map((candidate) => (
          <option key={candidate} value={candidate}>
            {strings.platforms[candidate]}
          </option>
        ))}
      </Select>
      <Select label={strings.customer} value={phone?.number ?? ""} onChange={setNumber}>
        {phones.map((candidate) => (
          <option key={candidate.number} value={candidate.number}>
            {candidate.name}
          </option>
        ))}
      </Select>
      <div className={css.pair}>
        <Select label={strings.orderStore} value={store?.id ?? ""} onChange={setStoreId}>
          {stores.map((candidate) => (
            <option key={candidate.number} value={candidate.id}>
              {candidate.name}
            </option>
          ))}
        </Select>
        <Select label={strings.placed} value={String(hoursAgo)} onChange={(value) => setHoursAgo(Number(value))}>
          {strings.placedChoices.map(({ hours, label }) => (
            <option key={hours} value={hours}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      <Lines lines={lines} onChange={setLines} />
      <div className={css.foot}>
        <p className={css.total}>
          {strings.total} <strong>{money(total, orders[0]?.currency ?? "USD")}</strong>
        </p>
        <Button type="submit" variant="primary" isPending={place.isPending} isDisabled={!phone || !store}>
          {strings.placeOrder}
        </Button>
      </div>
      {!phone && <p className={css.hint}>{strings.needsPhone}</p>}
    </form>
  );
}

function Lines({ lines, onChange }: { lines: Line[]; onChange: (lines: Line[]) => void }) {
  const change = (index: number, part: Partial<Line>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  return (
    <div className={css.lines}>
      {lines.map((line, index) => (
        <div key={index} className={css.line}>
          <Select
            hideLabel
            label={strings.article(index)}
            value={String(line.article)}
            onChange={(value) => change(index, { article: Number(value) })}
          >
            {catalogue.map((article, at) => (
              <option key={article.title} value={at}>
                {article.title} · {money(article.price, "USD")}
              </option>
            ))}
          </Select>
          <input
            type="number"
            aria-label={strings.quantity(index)}
            className={css.quantity}
            min={1}
            max={MAX_QUANTITY}
            value={line.quantity}
            onChange={(event) => change(index, { quantity: quantityIn(event.target.value) })}
          />
          {lines.length > 1 && (
            <IconButton
              label={strings.removeLine(index)}
              size="small"
              onPress={() => onChange(lines.filter((_, at) => at !== index))}
            >
              <X size={15} aria-hidden="true" />
            </IconButton>
          )}
        </div>
      ))}
      {lines.length < MAX_LINES && (
        <Button
          size="small"
          variant="quiet"
          className={css.addLine ?? ""}
          onPress={() => onChange([...lines, { article: lines.length % catalogue.length, quantity: 1 }])}
        >
          <Plus size={14} aria-hidden="true" />
          {strings.addLine}
        </Button>
      )}
    </div>
  );
}

function quantityIn(text: string): number {
  return Math.min(Math.max(Math.trunc(Number(text)) || 1, 1), MAX_QUANTITY);
}
