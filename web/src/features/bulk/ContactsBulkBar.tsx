import type { StoreView } from "../../api/types";
import { BulkBar } from "./BulkBar";

interface ContactsBulkBarProps {
  store: StoreView;
  /** Conversations of those who can be texted. */
  ids: string[];
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}

/** All are on one page. */
export default function ContactsBulkBar({ ids, ...bar }: ContactsBulkBarProps) {
  return (
    <BulkBar to="contacts" every={{ found: null, run: () => Promise.resolve(ids), stop: () => undefined }} {...bar} />
  );
}
