import type { ComponentType } from "react";

import type { StoreView } from "../../api/types";
import { ProxiesSection } from "./ProxiesSection";
import { TransferSection } from "./TransferSection";
import { AuditSection } from "./AuditSection";
import { ConsentSection } from "./ConsentSection";
import { QuietSection } from "./QuietSection";
import { words } from "./words";

export interface Section {
  /** The last part of its address. */
  id: string;
  name: string;
  Page: ComponentType<{ store: StoreView }>;
}

/** Every section of the settings, in the order of the list: a component in a file of its own and a line here. */
export const sections: Section[] = [
  { id: "proxies", name: words.proxies.name, Page: ProxiesSection },
  { id: "quiet-hours", name: words.quiet.name, Page: QuietSection },
  { id: "transfers", name: words.transfers.name, Page: TransferSection },
  { id: "consent", name: words.consent.name, Page: ConsentSection },
  { id: "audit", name: words.audit.name, Page: AuditSection },
];
