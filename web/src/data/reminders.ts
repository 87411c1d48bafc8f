import { useMutation, useQuery } from "@tanstack/react-query";

import type { ReminderView, SetReminder, SnoozeReminder } from "../api/types";
import { showToast } from "../design/toasts";
import { useNow } from "../hooks/useNow";
import { strings } from "../strings";
import { useAccount } from "./account";
import { explain } from "./explain";
import { keys } from "./keys";

/** My reminders in all stores, the earliest first. */
export function useReminders(enabled = true) {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.reminders, queryFn: ({ signal }) => api.reminders(signal), enabled });
}

/** Those whose time has come, to the minute. */
export function useDue(enabled: boolean): ReminderView[] {
  const now = useNow();
  const { data } = useReminders(enabled);
  return (data?.rows ?? []).filter((one) => one.due_at <= now || one.state === "due");
}

export interface ReminderTarget {
  conversationId: string;
  /** null: a new one. */
  reminderId: string | null;
}

/** Sets a reminder, or changes one. What goes wrong is for the dialog to say. */
export function useSetReminder({ conversationId, reminderId }: ReminderTarget, key: string) {
  const { api } = useAccount();
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: SetReminder) =>
      reminderId === null ? api.setReminder(conversationId, body, key) : api.changeReminder(reminderId, body),
    onSuccess: changed,
  });
}

/** Puts one off, ends it (which can be taken back). Failures become toasts. */
export function useReminderActions(words: { done: string; restored: string }) {
  const { api } = useAccount();
  const changed = useChanged();
  const failed = (error: Error) => {
    changed();
    showToast(explain(error), { tone: "danger" });
  };
  const snooze = useMutation({
    mutationFn: ({ id, until }: { id: string; until: SnoozeReminder["until"] }) => api.snoozeReminder(id, until),
    onSuccess: changed,
    onError: failed,
  });
  const restore = useMutation({
    mutationFn: (id: string) => api.restoreReminder(id),
    onSuccess: () => {
      changed();
      showToast(words.restored);
    },
    onError: failed,
  });
  const end = useMutation({
    mutationFn: (id: string) => api.endReminder(id),
    onSuccess: (_, id) => {
      changed();
      showToast(words.done, { action: { label: strings.common.undo, run: () => restore.mutate(id) } });
    },
    onError: failed,
  });
  return { snooze, end };
}

function useChanged(): () => void {
  const { queries } = useAccount();
  return () => void queries.invalidateQueries({ queryKey: keys.reminders });
}
