import { count } from "./count";

/** What the app says of what customers attach: a part of `strings`. */
export const mediaWords = {
  pending: "Fetching an attachment…",
  refused: (reason: string) => `An attachment is not shown. ${reason}`,
  picture: (author: string, place: number, total: number) =>
    total === 1 ? `Picture from ${author}` : `Picture ${place} of ${total} from ${author}`,
  enlarge: (picture: string) => `Enlarge: ${picture}`,
  file: (type: string) => (type === "application/pdf" ? "PDF document" : `File (${type})`),
  save: (name: string) => `Download ${name}`,
  previous: "Previous picture",
  next: "Next picture",
  position: (place: number, total: number) => `${place} of ${total}`,
  arrived: (total: number) => count(total, "attachment", "attachments"),
};
