/** What toasts are on screen. A store outside React, so that anything may raise one. */
export interface Toast {
  id: number;
  text: string;
  tone: "neutral" | "danger";
  action?: { label: string; run: () => void } | undefined;
}

const LIFE_MS = 8_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a sentence for some seconds, longer while the pointer or focus is on it. */
export function showToast(text: string, options: Partial<Pick<Toast, "tone" | "action">> = {}): void {
  lastId += 1;
  const toast: Toast = { id: lastId, text, tone: options.tone ?? "neutral", action: options.action };
  // The same sentence twice is one toast: a failing connection must not pile up.
  set([...toasts.filter((other) => other.text !== text), toast].slice(-3));
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

export const toastStore = {
  life: LIFE_MS,
  get: () => toasts,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
