import { BODY_LIMIT } from "./segments";

/** What the customer gets when it is the first text to them: the server adds who writes and how to stop it. */
export const firstText = (storeName: string, text: string) =>
  `${text === "" ? storeName : `${storeName}: ${text}`}\nReply STOP to opt out.`;

/** What the customer gets who is asked first whether they want messages (N6): the server adds how to answer. */
export const requestText = (storeName: string, text: string) =>
  `${storeName}: ${text}\nReply YES to get messages from ${storeName}, STOP to opt out. Msg & data rates may apply.`;

export const requestLimit = (storeName: string) => BODY_LIMIT - Array.from(requestText(storeName, "")).length;

/** How many characters (code points) a first text leaves for the associate's own words. */
export const firstTextLimit = (storeName: string) => BODY_LIMIT - Array.from(firstText(storeName, " ")).length + 1;
