import type { StoreView } from "../../api/types";
import { strings } from "../../strings";
import css from "./StartWay.module.css";

const words = strings.start;

interface StartWayProps {
  /** The customer answers on the chat page; else by texting back. */
  onPage: boolean;
  onChange: (onPage: boolean) => void;
}

/** By text, or on the chat page, where the first text only has the link (D15, D16). */
export function StartWay({ onPage, onChange }: StartWayProps) {
  const ways = [
    { label: words.byText, value: false },
    { label: words.onPage, value: true },
  ];
  return (
    <fieldset className={css.ways}>
      <legend className="visually-hidden">{words.way}</legend>
      {ways.map(({ label, value }) => (
        <label key={label} className={css.way}>
          <input type="radio" name="way" checked={onPage === value} onChange={() => onChange(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** What the server is told where it is not what the store is set up for. */
export function wayToAskFor(store: StoreView, onPage: boolean): { chatLink?: "in_text" | "off" } {
  if (onPage === (store.chat_link !== "off")) return {};
  return { chatLink: onPage ? "in_text" : "off" };
}
