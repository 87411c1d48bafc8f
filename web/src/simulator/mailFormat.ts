import type { Mail, Mailbox } from "./api";
import { strings } from "./strings";

export type Entry = Mail & { missed: boolean };

/** Everything between a mailbox and the shop, whether it arrived or not, newest first. */
export function mailsOf(mailbox: Mailbox): Entry[] {
  const arrived = mailbox.mails.map((mail) => ({ ...mail, missed: false }));
  const missed = mailbox.missed.map((mail) => ({ ...mail, missed: true }));
  return [...arrived, ...missed].sort((a, b) => b.at - a.at);
}

/** What became of a mail, seen from the mailbox. */
export function mailStatus(mail: Entry): { label: string; failed: boolean } {
  if (mail.missed) return { label: strings.bounced, failed: true };
  if (mail.direction === "in") return { label: mail.complained ? strings.complained : strings.received, failed: false };
  if (mail.status === "sending") return { label: strings.sending, failed: false };
  if (mail.status === "delivered") return { label: strings.delivered, failed: false };
  return { label: strings.notTaken, failed: true };
}

/** The subject of an answer: one `Re:`, however often it went back and forth. */
export function answerSubject(subject: string): string {
  return /^re:/i.test(subject.trim()) ? subject.trim() : `Re: ${subject.trim()}`.trim();
}

/** Below an answer: what it answers, as mail programs quote it. */
export function quoted(mail: Mail, when: string): string {
  const lines = (mail.text ?? "").trimEnd().split("\n");
  const from = mail.peer_name ? `${mail.peer_name} <${mail.peer}>` : mail.peer;
  return `\n\nOn ${when}, ${from} wrote:\n${lines.map((line) => (line.startsWith(">") ? `>${line}` : `> ${line}`)).join("\n")}\n`;
}

/** Text in pieces: what is a web address, and what is not. */
export function pieces(text: string): { text: string; link: boolean }[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/)
    .map((piece, index) => ({ text: piece, link: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

/** A number of bytes as people say it. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
