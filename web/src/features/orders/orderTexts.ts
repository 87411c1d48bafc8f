import { useQuery } from "@tanstack/react-query";

import type { AutomaticTextView } from "../../api/types";
import { useAccount } from "../../data/account";
import { keys } from "../../data/keys";
import { comingDayAndTime, type Zone } from "../../domain/times";
import { strings } from "../../strings";
import { orderTextWords as words } from "./orderTextWords";

const LOOK_MS = 20_000;
/** One that is due longer than this is looked for no more: something keeps it. */
const HOPE_MS = 600_000;
const ON_ITS_WAY = ["queued", "sending"];

const moves = (row: AutomaticTextView, now: number) =>
  row.state === "waiting"
    ? now >= row.due_at && now - row.due_at < HOPE_MS
    : row.status !== null && ON_ITS_WAY.includes(row.status) && now - (row.settled_at ?? 0) < HOPE_MS;

/** What this order's customer was told by itself; looked at again while a text is under way. */
export function useOrderTexts(orderId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.orderTexts(orderId),
    queryFn: ({ signal }) => api.orderAutomaticTexts(orderId, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.rows.some((row) => moves(row, Date.now())) ? LOOK_MS : false),
  });
}

interface Said {
  tone: "neutral" | "success" | "warning" | "danger";
  state: string;
  /** Why, or until when. */
  detail: string | null;
  at: number;
}

/** One text in words: where it is, and why. */
export function said(row: AutomaticTextView, now: number, zone: Zone): Said {
  if (row.state === "waiting") {
    const time = comingDayAndTime(row.due_at, now, zone, strings.time);
    const detail = row.due_at > now ? words.until(time) : words.soon;
    return { tone: "neutral", state: words.waiting, detail, at: row.made_at };
  }
  const at = row.settled_at ?? row.made_at;
  if (row.not_sent !== null) return { tone: "warning", state: words.notSent, detail: whyNot(row, row.not_sent), at };
  if (row.status === null) return { tone: "neutral", state: words.gone, detail: words.deleted, at };
  const tone = TONES[row.status];
  return {
    tone,
    state: row.status === "unknown" ? words.unknown : strings.status[row.status],
    detail: row.failure,
    at,
  };
}

const whyNot = ({ event }: AutomaticTextView, reason: keyof typeof words.why) =>
  (event.startsWith("merchant_") ? words.merchantWhy[reason] : undefined) ?? words.why[reason];

const TONES = {
  received: "neutral",
  queued: "neutral",
  sending: "neutral",
  sent: "neutral",
  unknown: "warning",
  failed: "danger",
  delivered: "success",
  read: "success",
} as const;
