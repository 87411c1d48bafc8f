import type { StoreView } from "../../api/types";
import { Select } from "../../design/Select";
import { words as all } from "./words";

const words = all.dialog;
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface ZoneSelectProps {
  value: string;
  onChange: (zone: string) => void;
  store: StoreView;
}

/** Whose clock: the store's and this computer's first, then any other. */
export function ZoneSelect({ value, onChange, store }: ZoneSelectProps) {
  const near = new Map([[store.timezone, words.store]]);
  if (!near.has(HERE)) near.set(HERE, words.here);
  const known = Intl.supportedValuesOf("timeZone");
  const others = [...new Set([value, ...known])].filter((zone) => !near.has(zone)).sort();
  return (
    <Select label={words.zone} value={value} onChange={onChange}>
      {[...near].map(([zone, whose]) => (
        <option key={zone} value={zone}>
          {spelled(zone)} ({whose})
        </option>
      ))}
      <optgroup label={words.zones}>
        {others.map((zone) => (
          <option key={zone} value={zone}>
            {spelled(zone)}
          </option>
        ))}
      </optgroup>
    </Select>
  );
}

function spelled(zone: string): string {
  return zone.replaceAll("_", " ");
}
