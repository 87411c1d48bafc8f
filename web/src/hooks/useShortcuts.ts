import { useEffect, useEffectEvent } from "react";

const TYPING = "input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog]";

/** Single keys that do something on this page, unless somebody is typing or a dialog is open. */
export function useShortcuts(actions: Partial<Record<string, () => void>>): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
