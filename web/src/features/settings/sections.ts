import { type ComponentType, createElement, lazy, Suspense } from "react";

import type { StoreView } from "../../api/types";
import { ProxiesSection } from "./ProxiesSection";
import { creditWords } from "../../creditWords";
import { TransferSection } from "./TransferSection";
import { AuditSection } from "./AuditSection";
import { ConsentSection } from "./ConsentSection";
import { QuietSection } from "./QuietSection";
import { ShopSection } from "./ShopSection";
import { TemplatesSection } from "./TemplatesSection";
import { templateWords } from "./templateWords";
import { StartingSection } from "./StartingSection";
import { words } from "./words";

const Credits = lazy(() => import("./CreditsSection"));
const CreditsSection = ({ store }: { store: StoreView }) =>
  createElement(Suspense, { fallback: null }, createElement(Credits, { store }));

const Privacy = lazy(() => import("./PrivacySection"));
const PrivacySection = ({ store }: { store: StoreView }) =>
  createElement(Suspense, { fallback: null }, createElement(Privacy, { store }));

export interface Section {
  /** The last part of its address. */
  id: string;
  name: string;
  Page: ComponentType<{ store: StoreView }>;
  /** Whether the store has it; unsaid: each has. */
  isFor?: (store: StoreView) => boolean;
}

/** Every section of the settings, in the order of the list: a component in a file of its own and a line here. */
export const sections: Section[] = [
  { id: "proxies", name: words.proxies.name, Page: ProxiesSection },
  { id: "templates", name: templateWords.name, Page: TemplatesSection },
  { id: "quiet-hours", name: words.quiet.name, Page: QuietSection },
  { id: "shop", name: words.shop.name, Page: ShopSection },
  { id: "starting", name: words.starting.name, Page: StartingSection },
  { id: "credits", name: creditWords.name, Page: CreditsSection, isFor: (store) => store.credits },
  { id: "transfers", name: words.transfers.name, Page: TransferSection },
  { id: "consent", name: words.consent.name, Page: ConsentSection },
  { id: "privacy", name: words.privacy, Page: PrivacySection },
  { id: "audit", name: words.audit.name, Page: AuditSection },
];
