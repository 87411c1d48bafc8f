import { useEffect, useEffectEvent, type RefObject } from "react";

/** Calls back with pictures that are dropped onto an element, or pasted into it. */
export function useDroppedFiles(place: RefObject<HTMLElement | null>, onFiles: ((files: File[]) => void) | undefined) {
  const take = useEffectEvent((event: Event, from: DataTransfer | null) => {
    const files = [...(from?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (!onFiles || files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  });
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const over = (event: DragEvent) => event.dataTransfer?.types.includes("Files") && event.preventDefault();
    const drop = (event: DragEvent) => take(event, event.dataTransfer);
    const paste = (event: ClipboardEvent) => take(event, event.clipboardData);
    element.addEventListener("dragover", over);
    element.addEventListener("drop", drop);
    element.addEventListener("paste", paste);
    return () => {
      element.removeEventListener("dragover", over);
      element.removeEventListener("drop", drop);
      element.removeEventListener("paste", paste);
    };
  }, [place]);
}
